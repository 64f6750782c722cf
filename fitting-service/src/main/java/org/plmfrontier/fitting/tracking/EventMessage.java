package org.plmfrontier.fitting.tracking;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;

/**
 * TensorBoard's message {@code Event} (tensorflow/core/util/event.proto, framework/summary.proto, tensor.proto), of which the
 * step and the scalars are read: {@code simple_value}, and tensors of one float or double.
 */
final class EventMessage {
    private static final int EVENT_STEP = 2;
    private static final int EVENT_SUMMARY = 5;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int VALUE_TENSOR = 8;
    private static final int TENSOR_TYPE = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int TENSOR_CONTENT = 4;
    private static final int TENSOR_FLOATS = 5;
    private static final int TENSOR_DOUBLES = 6;
    private static final int SHAPE_DIMENSION = 2;
    private static final int DIMENSION_SIZE = 1;
    private static final int FLOAT = 1;
    private static final int DOUBLE = 2;

    /** Receives scalars. */
    interface Scalars {
        void scalar(long step, String tag, double value);
    }

    private EventMessage() {}

    /**
     * Reads one event.
     *
     * @throws WireReader.MalformedMessageException where the bytes are none
     */
    static void read(byte[] event, Scalars scalars) {
        long step = 0;
        WireReader first = WireReader.of(event);
        while (first.next()) {
            if (first.is(EVENT_STEP, WireReader.VARINT)) {
                step = first.varint();
            } else {
                first.skip();
            }
        }
        WireReader second = WireReader.of(event);
        while (second.next()) {
            if (second.is(EVENT_SUMMARY, WireReader.BYTES)) {
                summary(second.message(), step, scalars);
            } else {
                second.skip();
            }
        }
    }

    private static void summary(WireReader summary, long step, Scalars scalars) {
        while (summary.next()) {
            if (summary.is(SUMMARY_VALUE, WireReader.BYTES)) {
                value(summary.message(), step, scalars);
            } else {
                summary.skip();
            }
        }
    }

    private static void value(WireReader message, long step, Scalars scalars) {
        String tag = "";
        OptionalDouble value = OptionalDouble.empty();
        while (message.next()) {
            if (message.is(VALUE_TAG, WireReader.BYTES)) {
                tag = message.text();
            } else if (message.is(VALUE_SIMPLE, WireReader.FIXED32)) {
                value = OptionalDouble.of(message.fixed32());
            } else if (message.is(VALUE_TENSOR, WireReader.BYTES)) {
                value = tensor(message.message());
            } else {
                message.skip();
            }
        }
        if (value.isPresent()) {
            scalars.scalar(step, tag, value.getAsDouble());
        }
    }

    /** The number of a tensor that holds one; empty for all others. */
    private static OptionalDouble tensor(WireReader tensor) {
        long type = 0;
        long size = 1;
        OptionalDouble value = OptionalDouble.empty();
        while (tensor.next()) {
            if (tensor.is(TENSOR_TYPE, WireReader.VARINT)) {
                type = tensor.varint();
            } else if (tensor.is(TENSOR_SHAPE, WireReader.BYTES)) {
                size = size(tensor.message());
            } else if (tensor.is(TENSOR_CONTENT, WireReader.BYTES)) {
                value = number(tensor.buffer(), type == DOUBLE ? Double.BYTES : Float.BYTES);
            } else if (tensor.is(TENSOR_FLOATS, WireReader.BYTES)) {
                value = number(tensor.buffer(), Float.BYTES);
            } else if (tensor.is(TENSOR_DOUBLES, WireReader.BYTES)) {
                value = number(tensor.buffer(), Double.BYTES);
            } else if (tensor.is(TENSOR_FLOATS, WireReader.FIXED32)) {
                value = OptionalDouble.of(tensor.fixed32());
            } else if (tensor.is(TENSOR_DOUBLES, WireReader.FIXED64)) {
                value = OptionalDouble.of(tensor.fixed64());
            } else {
                tensor.skip();
            }
        }
        boolean scalar = size == 1 && (type == FLOAT || type == DOUBLE);
        return scalar ? value : OptionalDouble.empty();
    }

    private static OptionalDouble number(ByteBuffer content, int width) {
        if (content.remaining() != width) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(width == Double.BYTES ? content.getDouble() : content.getFloat());
    }

    /** Elements of a tensor; those of a scalar, which has no dimension, are 1. */
    private static long size(WireReader shape) {
        long size = 1;
        while (shape.next()) {
            if (shape.is(SHAPE_DIMENSION, WireReader.BYTES)) {
                WireReader dimension = shape.message();
                long length = 0;
                while (dimension.next()) {
                    if (dimension.is(DIMENSION_SIZE, WireReader.VARINT)) {
                        length = dimension.varint();
                    } else {
                        dimension.skip();
                    }
                }
                size *= length;
            } else {
                shape.skip();
            }
        }
        return size;
    }
}
