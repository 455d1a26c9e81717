// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of an STF packet test, the form in which p4c's samples are tested: one statement a line. */
final class StfScript {
    private static final Pattern ADD = Pattern.compile(
            "(\\S+)\\s+(?:(\\d+)\\s+)?((?:[^\\s:()]+\\s*:\\s*[^\\s()]+\\s+)*)([\\w.$]+\\s*\\([^()]*\\))"
            + "\\s*(?:=\\s*(\\w+))?");
    private static final Pattern MATCH = Pattern.compile("([^\\s:]+)\\s*:\\s*(\\S+)");
    private static final Pattern CALL = Pattern.compile("([\\w.$]+)\\s*\\(([^()]*)\\)");
    private static final Pattern ARGUMENT = Pattern.compile("\\s*([\\w.$]+)\\s*:\\s*(\\w+)\\s*");
    private static final Pattern DEFAULT = Pattern.compile("(\\S+)\\s+(.*)");
    private static final Pattern CHECK = Pattern.compile(
            "([\\w.$]+)\\s*\\(\\s*\\$?(\\w+)\\s*\\)(?:\\s+(packets|bytes)\\s*(==|!=|<=|<|>=|>)\\s*(\\d+))?");
    private static final Set<String> DEVICE = Set.of("mirroring_add", "mirroring_add_mc", "mirroring_delete",
            "mirroring_get", "mc_mgrp_create", "mc_node_create", "mc_node_update", "mc_node_associate",
            "counter_read", "counter_write", "register_read", "register_write", "register_reset", "meter_get_rates",
            "meter_set_rates", "meter_array_set_rates");

    private StfScript() {
    }

    /** The statements of the text, in order. */
    static List<Statement> parse(List<String> text) throws StfException {
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i);
            int comment = line.indexOf('#');
            String code = (comment < 0 ? line : line.substring(0, comment)).trim();
            if (!code.isEmpty()) {
                statements.add(statement(i + 1, code));
            }
        }
        return statements;
    }

    private static Statement statement(int line, String code) throws StfException {
        String[] words = code.split("\\s+");
        String keyword = words[0].toLowerCase(Locale.ROOT);
        String rest = code.substring(words[0].length()).trim();
        switch (keyword) {
            case "add":
                return add(line, rest);
            case "setdefault":
                Matcher set = matching(line, DEFAULT, rest, "setdefault TABLE ACTION(NAME:VALUE, ...)");
                return new Statement.SetDefault(line, set.group(1), call(line, set.group(2)));
            case "remove":
                if (!"all".equalsIgnoreCase(rest)) {
                    throw new StfException(line, "'remove' knows only 'remove all'");
                }
                return new Statement.RemoveAll(line);
            case "packet":
                return new Statement.Send(line, port(line, words), frame(line, digits(words)));
            case "expect":
                return expect(line, words);
            case "check_counter":
                return check(line, rest);
            case "wait", "no_packet":
                // What nobody expects is a failure in any case.
                return new Statement.Await(line);
            default:
                if (DEVICE.contains(keyword)) {
                    return new Statement.Device(line, keyword, List.of(words).subList(1, words.length));
                }
                throw new StfException(line, "'" + words[0] + "' is no statement that this runner knows");
        }
    }

    private static Matcher matching(int line, Pattern pattern, String text, String shape) throws StfException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new StfException(line, "'" + text + "' does not read as " + shape);
        }
        return matcher;
    }

    private static Statement add(int line, String rest) throws StfException {
        Matcher parts = matching(line, ADD, rest, "add TABLE [PRIORITY] KEY:VALUE ... ACTION(NAME:VALUE, ...) [= ID]");
        Map<String, String> matches = new LinkedHashMap<>();
        Matcher match = MATCH.matcher(parts.group(3));
        while (match.find()) {
            matches.put(match.group(1), match.group(2));
        }
        int priority = parts.group(2) == null ? 0 : (int) number(line, parts.group(2), Integer.MAX_VALUE - 1);
        return new Statement.Add(line, parts.group(1), priority, matches, call(line, parts.group(4)), parts.group(5));
    }

    private static Statement.Call call(int line, String text) throws StfException {
        Matcher parts = matching(line, CALL, text, "ACTION(NAME:VALUE, ...)");
        Map<String, String> arguments = new LinkedHashMap<>();
        if (!parts.group(2).isBlank()) {
            for (String argument : parts.group(2).split(",")) {
                Matcher named = matching(line, ARGUMENT, argument, "NAME:VALUE");
                arguments.put(named.group(1), named.group(2));
            }
        }
        return new Statement.Call(parts.group(1), arguments);
    }

    private static Statement expect(int line, String[] words) throws StfException {
        String digits = digits(words);
        boolean whole = digits.endsWith("$");
        if (whole) {
            digits = digits.substring(0, digits.length() - 1);
        }
        if (!digits.matches("[0-9a-f*]*")) {
            throw new StfException(line, "'" + digits + "' is not made of hexadecimal digits and *");
        }
        return new Statement.Expect(line, port(line, words), digits, whole);
    }

    private static Statement check(int line, String rest) throws StfException {
        Matcher parts = matching(line, CHECK, rest, "check_counter NAME(INDEX) [packets|bytes CONDITION NUMBER]");
        boolean compares = parts.group(3) != null;
        return new Statement.CheckCounter(line, parts.group(1), parts.group(2), "bytes".equals(parts.group(3)),
                compares ? parts.group(4) : "==", compares ? number(line, parts.group(5), Long.MAX_VALUE) : 0);
    }

    private static int port(int line, String[] words) throws StfException {
        if (words.length < 2) {
            throw new StfException(line, "the port is missing");
        }
        return (int) number(line, words[1], 511);
    }

    private static long number(int line, String text, long most) throws StfException {
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > most) {
            throw new StfException(line, "'" + text + "' is not a number from 0 to " + most);
        }
        return Long.parseLong(text);
    }

    private static String digits(String[] words) {
        return String.join("", Arrays.asList(words).subList(Math.min(2, words.length), words.length))
                .toLowerCase(Locale.ROOT);
    }

    private static byte[] frame(int line, String digits) throws StfException {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new StfException(line, "'" + digits + "' is not made of whole octets in hexadecimal digits");
        }
    }
}
