package org.laudable;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.component.Html;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ways of doing things that turn somebody's text into code are not used at all, so nobody has to use them with care. */
class DangerousApiTest {
    private static final JavaClasses LAUDABLE =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.laudable");
    private static final Pattern HTML_SINK = Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|unsafeHTML|unsafeSVG|unsafeStatic|srcdoc|\\beval\\(|new Function\\(");

    @Test
    void no_text_is_rendered_as_html() throws IOException {
        noClasses().should().dependOnClassesThat().belongToAnyOf(Html.class)
                .because("a text is shown with setText; a guideline with the Markdown component, which cleans it").check(LAUDABLE);
        List<String> sinks;
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            List<Path> sources = files.filter(file -> file.toString().matches(".*\\.(java|ts)$") && !file.toString().contains("generated")).toList();
            assertFalse(sources.isEmpty());
            sinks = sources.stream().filter(file -> HTML_SINK.matcher(read(file)).find()).map(Path::toString).toList();
        }
        assertEquals(List.of(), sinks);
    }

    @Test
    void no_xml_is_parsed() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("javax.xml..", "org.w3c.dom..", "org.xml.sax..", "org.jdom2..", "org.dom4j..")
                .because("what is not parsed names no external entity").check(LAUDABLE);
    }

    @Test
    void no_java_object_is_read_from_a_stream() {
        noClasses().should().dependOnClassesThat().belongToAnyOf(ObjectInputStream.class)
                .because("a stream of objects runs code of whoever wrote it").check(LAUDABLE);
        noClasses().should().callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching("activateDefaultTyping.*|enableDefaultTyping.*")))
                .because("JSON that names its own class does the same").check(LAUDABLE);
    }

    @Test
    void only_the_database_is_a_process_of_its_own() {
        noClasses().that().resideOutsideOfPackages("org.laudable.database..", "org.laudable.cli..")
                .should().dependOnClassesThat().belongToAnyOf(ProcessBuilder.class)
                .because("no text may become a command line").check(LAUDABLE);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
