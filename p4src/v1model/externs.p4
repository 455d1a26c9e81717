/* SPDX-License-Identifier: Apache-2.0 */
/* What the tables need of the target, in v1model's words. */
#ifndef PMIP_V1MODEL_EXTERNS
#define PMIP_V1MODEL_EXTERNS

#define ENTRY_COUNTER(name) direct_counter(CounterType.packets_and_bytes) name
#define COUNTED_BY(name) counters = name;

#endif
