package org.plmfrontier.trainer.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The few opcodes of Python's pickle protocol 2 (PEP 307) that describe one object with scalar attributes, as torch's
 * unpickler reads them.
 */
final class Pickle {
    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Pickle() {}

    /** The archive's constants: none. */
    static byte[] emptyTuple() {
        return EMPTY_TUPLE.clone();
    }

    /** An object of a class of the archive's own code, its attributes in the map's order. */
    static byte[] object(String className, Map<String, Attribute> attributes) {
        Pickle pickle = new Pickle();
        pickle.opcodes(0x80, 2);
        pickle.global("__torch__", className);
        pickle.opcodes(')', 0x81, '}', '(');
        attributes.forEach((name, value) -> {
            pickle.text(name);
            pickle.value(value);
        });
        pickle.opcodes('u', 'b', '.');
        return pickle.out.toByteArray();
    }

    private void value(Attribute attribute) {
        switch (attribute) {
            case Attribute.Flag flag -> opcodes(flag.value() ? 0x88 : 0x89);
            case Attribute.Whole whole -> {
                opcodes(0x8a, Long.BYTES);
                bytes(Long.reverseBytes(whole.value()));
            }
            case Attribute.Real real -> {
                opcodes('G');
                bytes(Double.doubleToLongBits(real.value()));
            }
            case Attribute.NoTensors ignored -> {
                global("torch.jit._pickle", "build_tensorlist");
                opcodes('(', ']', 't', 'R');
            }
        }
    }

    private void opcodes(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
    }

    private void bytes(long bigEndian) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (bigEndian >>> shift));
        }
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        opcodes('X', utf8.length, utf8.length >>> 8, utf8.length >>> 16, utf8.length >>> 24);
        out.writeBytes(utf8);
    }

    private void global(String module, String name) {
        opcodes('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
