package org.laudable.project;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.laudable.project.ClassService.NewClass;

/** Classes as people paste them: one a line, the description after a dash or a tab. */
public final class PastedClasses {
    private static final Pattern SEPARATOR = Pattern.compile("\t+|\\s+[–—-]\\s+");
    private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*•]|[0-9]{1,3}[.)])\\s+");

    private PastedClasses() {}

    /** Empty lines and list bullets go. */
    public static List<NewClass> parse(String text) {
        List<NewClass> classes = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String content = BULLET.matcher(line).replaceFirst("").strip();
            if (content.isEmpty()) {
                continue;
            }
            Matcher separator = SEPARATOR.matcher(content);
            classes.add(separator.find() && separator.start() > 0
                    ? new NewClass(content.substring(0, separator.start()).strip(), content.substring(separator.end()).strip())
                    : new NewClass(content, ""));
        }
        return classes;
    }
}
