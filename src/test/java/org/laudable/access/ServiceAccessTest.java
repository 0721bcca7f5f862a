package org.laudable.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.laudable.access.AccessMatrix.Kind;
import org.laudable.access.AccessMatrix.Needs;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Every public method of every service lets in whom the matrix says, and nobody else. */
@QuarkusTest
class ServiceAccessTest {
    /** Prints what each method asks for instead of comparing: to write new lines of the matrix, which a person then reads. */
    private static final boolean DISCOVERING = Boolean.getBoolean("access.discover");

    @Inject Sample sample;

    /** A method that can be called from another package. */
    private record Door(String name, Bean<?> bean, Method method) {}

    @Test
    void every_public_method_of_a_service_lets_in_whom_the_matrix_says() throws Exception {
        Map<String, Door> doors = doors();
        AccessMatrix matrix = AccessMatrix.read();
        List<String> wrong = new ArrayList<>(DISCOVERING ? List.of() : matrix.differences(Kind.SERVICE, doors.keySet()));
        int calls = 0;
        for (Door door : doors.values()) {
            Needs expected = matrix.of(Kind.SERVICE).get(door.name());
            if (expected == Needs.INTERNAL || expected == null && !DISCOVERING) {
                continue;
            }
            Actors actors = new Actors(sample);
            SampleArguments arguments = new SampleArguments(new SampleProject(sample, actors).ids());
            Needs least = null;
            for (Needs who : Needs.values()) {
                if (who == Needs.INTERNAL || least != null) {
                    continue;
                }
                calls++;
                if (letIn(door, actors.user(who), arguments)) {
                    least = who;
                }
            }
            if (DISCOVERING && expected != least) {
                System.out.println("SERVICE," + door.name() + "," + (least == Needs.NOBODY ? Needs.INTERNAL : least) + ",");
            } else if (!DISCOVERING && least != expected) {
                wrong.add(door.name() + " lets in " + least + ", the matrix says " + expected);
            }
        }
        System.out.println("Access matrix: " + doors.size() + " methods of services, " + calls + " calls");
        assertEquals(List.of(), wrong);
        assertTrue(calls > doors.size(), "hardly anything was called");
    }

    /** Whether the call came past the checks; whatever it then does is rolled back. */
    private static boolean letIn(Door door, Optional<User> who, SampleArguments arguments) {
        boolean[] in = {true};
        Runnable call = () -> {
            QuarkusTransaction.begin();
            try {
                Object service = instance(door.bean());
                door.method().invoke(service, arguments.of(door.method()));
            } catch (InvocationTargetException e) {
                in[0] = !denied(e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(door.name() + " cannot be called", e);
            } finally {
                if (QuarkusTransaction.isActive()) {
                    QuarkusTransaction.rollback();
                }
            }
        };
        who.ifPresentOrElse(user -> ActingAs.person(user, call), () -> ActingAs.nobody(call));
        return in[0];
    }

    private static boolean denied(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenException || cause instanceof UnauthorizedException) {
                return true;
            }
        }
        return false;
    }

    private static Object instance(Bean<?> bean) {
        InstanceHandle<?> handle = Arc.container().instance((io.quarkus.arc.InjectableBean<?>) bean);
        return handle.get();
    }

    private static Map<String, Door> doors() {
        Map<String, Door> doors = new TreeMap<>();
        for (Bean<?> bean : Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            Class<?> type = bean.getBeanClass();
            if (bean.getScope() != ApplicationScoped.class || !type.getName().startsWith("org.laudable.") || !Modifier.isPublic(type.getModifiers())
                    || type.getName().contains("$") || !inProduct(type) || type.getName().contains(".ui.") || type.getName().contains(".rest.")) {
                continue;
            }
            for (Method method : type.getDeclaredMethods()) {
                if (!Modifier.isPublic(method.getModifiers()) || Modifier.isStatic(method.getModifiers()) || method.isSynthetic() || observes(method)) {
                    continue;
                }
                String name = type.getName().substring("org.laudable.".length()) + "." + method.getName() + "("
                        + Arrays.stream(method.getParameters()).map(parameter -> parameter.getType().getSimpleName()).collect(Collectors.joining(" ")) + ")";
                doors.put(name, new Door(name, bean, method));
            }
        }
        return doors;
    }

    static boolean inProduct(Class<?> type) {
        String path = "target/classes/" + type.getName().replace('.', '/') + ".class";
        return java.nio.file.Files.exists(java.nio.file.Path.of(path));
    }

    private static boolean observes(Method method) {
        return Arrays.stream(method.getParameters())
                .anyMatch(parameter -> parameter.isAnnotationPresent(Observes.class) || parameter.isAnnotationPresent(ObservesAsync.class));
    }
}
