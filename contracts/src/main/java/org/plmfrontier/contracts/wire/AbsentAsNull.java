package org.plmfrontier.contracts.wire;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;

/** A component of a record may be absent from JSON exactly where it may be null; then null is put in its place. */
final class AbsentAsNull extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;
    private static final String KEY = AbsentAsNull.class.getName();

    /** The one value that is put in. */
    static final InjectableValues VALUES = new InjectableValues.Std().addValue(KEY, null);

    @Override
    public JacksonInject.@Nullable Value findInjectableValue(AnnotatedMember member) {
        if (member instanceof AnnotatedParameter parameter
                && parameter.getOwner().getMember() instanceof Executable creator
                && creator.getDeclaringClass().isRecord()
                && creator.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(Nullable.class)) {
            return JacksonInject.Value.forId(KEY);
        }
        return null;
    }
}
