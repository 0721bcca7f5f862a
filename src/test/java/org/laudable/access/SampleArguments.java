package org.laudable.access;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Arguments for any method: ids by the parameter's name (those of a real project, so that a method finds what it looks
 * up before it checks), the plainest value of its type for the rest.
 */
final class SampleArguments {
    private final Map<String, Long> ids;

    /** @param ids by parameter name, such as {@code projectId} */
    SampleArguments(Map<String, Long> ids) {
        this.ids = ids;
    }

    Object[] of(Method method) throws ReflectiveOperationException {
        Parameter[] parameters = method.getParameters();
        Object[] values = new Object[parameters.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(parameters[i].getType(), parameters[i].getName(), method.getDeclaringClass().getSimpleName());
        }
        return values;
    }

    private Object value(Class<?> type, String name, String owner) throws ReflectiveOperationException {
        if (type == long.class || type == Long.class) {
            return id(name, owner);
        }
        if (type == int.class || type == Integer.class) {
            return 1;
        }
        if (type == double.class || type == Double.class) {
            return 1.0;
        }
        if (type == float.class || type == Float.class) {
            return 1f;
        }
        if (type == byte.class || type == short.class || type == char.class) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (type.isRecord()) {
            return record(type);
        }
        Object plain = plain(type);
        return plain != null || !type.isInterface() ? plain : Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> null);
    }

    private long id(String name, String owner) {
        if (!name.equals("id")) {
            return ids.getOrDefault(name, 1L);
        }
        String kind = Character.toLowerCase(owner.charAt(0)) + owner.substring(1).replace("Service", "");
        return ids.getOrDefault(kind + "Id", ids.getOrDefault(kind.toLowerCase(Locale.ROOT) + "Id", 1L));
    }

    private Object record(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(components[i].getType(), components[i].getName(), type.getSimpleName());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object plain(Class<?> type) {
        if (type == String.class || type == CharSequence.class) {
            return "sample";
        }
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == OptionalLong.class) {
            return OptionalLong.empty();
        }
        if (type == OptionalInt.class) {
            return OptionalInt.empty();
        }
        if (type == OptionalDouble.class) {
            return OptionalDouble.empty();
        }
        if (type == List.class || type == Collection.class || type == Iterable.class) {
            return List.of();
        }
        if (type == Set.class) {
            return Set.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type == UUID.class) {
            return UUID.randomUUID();
        }
        if (type == Instant.class) {
            return Instant.now();
        }
        if (type == LocalDate.class) {
            return LocalDate.now();
        }
        if (type == Duration.class) {
            return Duration.ofMinutes(1);
        }
        if (type == BigDecimal.class) {
            return BigDecimal.ONE;
        }
        return type == Path.class ? Path.of("none") : null;
    }
}
