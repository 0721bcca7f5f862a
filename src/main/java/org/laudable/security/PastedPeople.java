package org.laudable.security;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A pasted list of people, one a line: {@code name, email} or {@code name <email>}; the e-mail may be left out, the
 * order and a tab or semicolon between them do not matter. The user name comes from the e-mail, else from the name.
 */
public record PastedPeople(List<Line> lines) {
    private static final int MOST = 500;

    /** What keeps a line from becoming an account. */
    public enum Problem {
        NO_NAME,
        BAD_EMAIL,
        BAD_USERNAME,
        TWICE,
        TAKEN,
        TOO_MANY
    }

    /**
     * One line that is not empty.
     *
     * @param number from 1, as the person pasted it
     * @param person empty if there is a problem
     */
    public record Line(int number, String text, Optional<NewPerson> person, Optional<Problem> problem) {
        private static Line good(int number, String text, NewPerson person) {
            return new Line(number, text, Optional.of(person), Optional.empty());
        }

        Line bad(Problem found) {
            return new Line(number, text, Optional.empty(), Optional.of(found));
        }
    }

    /** Reads a list; looks at the text alone, not at who has an account already. */
    public static PastedPeople parse(String pasted) {
        List<Line> lines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String[] raw = pasted.split("\\R", -1);
        for (int i = 0; i < raw.length; i++) {
            String text = raw[i].strip();
            if (text.isEmpty()) {
                continue;
            }
            Line line = parse(i + 1, text);
            if (lines.size() >= MOST) {
                line = line.bad(Problem.TOO_MANY);
            } else if (line.person().isPresent() && !seen.add(line.person().get().username())) {
                line = line.bad(Problem.TWICE);
            }
            lines.add(line);
        }
        return new PastedPeople(List.copyOf(lines));
    }

    /** The people of the good lines. */
    public List<NewPerson> people() {
        return lines.stream().flatMap(line -> line.person().stream()).toList();
    }

    private static Line parse(int number, String text) {
        Line line = new Line(number, text, Optional.empty(), Optional.empty());
        String name = "";
        String email = null;
        for (String part : text.split("[,;\\t<]")) {
            String bare = part.strip().replaceAll("^\"+|[>\"]+$", "").strip();
            if (bare.contains("@")) {
                if (email != null || !Usernames.isEmail(bare)) {
                    return line.bad(Problem.BAD_EMAIL);
                }
                email = bare.toLowerCase(Locale.ROOT);
            } else if (!bare.isEmpty()) {
                name = name.isEmpty() ? bare : name + " " + bare;
            }
        }
        if (name.isEmpty() || name.length() > 120) {
            return line.bad(Problem.NO_NAME);
        }
        String username = Usernames.from(email == null ? name : email.substring(0, email.indexOf('@')));
        return Usernames.isValid(username) ? Line.good(number, text, new NewPerson(username, name, email, false))
                : line.bad(Problem.BAD_USERNAME);
    }
}
