/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every size of the pipeline, in one place. A table that is full refuses the write with RESOURCE_EXHAUSTED;
 * the anchor then answers the registration with status 130 (insufficient resources).
 */
#ifndef PMIP_SIZES
#define PMIP_SIZES

#ifndef SESSIONS
#define SESSIONS 65536
#endif

/* Home network prefixes and IPv4 home addresses; a dual-stack node has one of each. */
#define HOME_ADDRESSES (2 * SESSIONS)
/* Peers times encapsulations in use with each. */
#define TUNNELS 16384
#define INTERFACES 1024
#define STATIONS 1024
#define LOCAL_ADDRESSES 1024
#define PUNT_RULES 256
/* As many as a PuntClass of 6 bits can name. */
#define PUNT_CLASSES 64
#define ROUTES 16384
#define NEXT_HOPS 4096
#define DROP_REASONS 64

#endif
