package org.plmfrontier.trainer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.trainer.huggingface.TensorFile;

/** What safetensors refuses is refused, with the tensor to blame. */
class ForeignFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a':F32 [2] [0,8], 'a':F32 [2] [8,16]}  | 16 | 'a' twice",
                "{'__metadata__':{}, '__metadata__':{}}    | 0  | '__metadata__' twice",
                "{'__metadata__':{'a':1}}                  | 0  | 'a' is no text",
                "{'__metadata__':[]}                       | 0  | no object",
                "{'a':F32 [2] [4,12]}                      | 12 | 'a' begins at byte 4, behind a gap from 0",
                "{'a':F32 [2] [0,8], 'b':F32 [2] [4,12]}   | 12 | 'b' begins at byte 4, inside the one before it, which ends at 8",
                "{'a':F32 [2] [0,8], 'b':F32 [2] [12,20]}  | 20 | 'b' begins at byte 12, behind a gap from 8",
                "{'a':F32 [2] [0,8]}                       | 9  | its header says",
                "{'a':F32 [2] [0,8]}                       | 7  | its header says",
                "{'a':F32 [3] [0,8]}                       | 8  | 'a' has 8 bytes, its kind F32[3] has 12",
                "{'a':F32 [-2] [0,8]}                      | 8  | 'a' has the dimension -2",
                "{'a':F32 [2.0] [0,8]}                     | 8  | 'a' has the dimension 2.0",
                "{'a':F32 [4294967298] [0,8]}              | 8  | 'a' has the dimension 4294967298",
                "{'a':F32 [65536,65536,65536,65536] [0,0]} | 0  | impossible shape",
                "{'a':F32 [2] [-8,0]}                      | 8  | 'a' has the offset -8",
                "{'a':F32 [2] [8,0]}                       | 8  | 'a' begins at 8 and ends before it",
                "{'a':F32 [2] [0,99999999999999999999]}    | 8  | 'a' has the offset 99999999999999999999",
                "{'a':F32 [2] [0,9223372036854775807]}     | 8  | 'a' has 9223372036854775807 bytes",
                "{'a':F33 [2] [0,8]}                       | 8  | 'a' is of the unknown dtype 'F33'",
                "{'a':F4 [3] [0,1]}                        | 1  | does not end with a whole byte",
                "{'a':F32 [2] [0]}                         | 8  | 'a' is incomplete",
                "{'a':1}                                   | 8  | 'a' is incomplete",
                "{'a':F32 [2] [0,8]} x                     | 8  | no sound JSON",
                "{'a':F32 [2] [0,8]}{}                     | 8  | goes on behind its end",
                "[]                                        | 0  | does not begin with",
                "{                                         | 0  | no sound JSON",
            })
    void aHeaderThatSafetensorsRefusesIsRefused(String header, int bytes, String reason) throws IOException {
        Path file = write(json(header).getBytes(StandardCharsets.UTF_8), bytes);
        assertThatThrownBy(() -> SafetensorsModels.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void emptyTensorsAndAnyOrderOfNamesAreTaken() throws IOException {
        Path file = write(
                json("{'b':F32 [2] [8,16], 'e':F32 [0,3] [8,8], 'a':F32 [1,2] [0,8]}")
                        .getBytes(StandardCharsets.UTF_8),
                16);
        try (TensorFile open = SafetensorsModels.open(file)) {
            assertThat(open.tensors()).containsOnlyKeys("a", "b", "e");
            assertThat(open.read("e").remaining()).isZero();
            assertThat(open.read("b").remaining()).isEqualTo(8);
        }
    }

    @Test
    void anotherEncodingIsRefused() throws IOException {
        byte[] utf16 = "{\"a\": 1}".getBytes(StandardCharsets.UTF_16LE);
        byte[] mark = "\uFEFF{}".getBytes(StandardCharsets.UTF_8);
        byte[] latin = "{\"\u00e9\": 1}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> SafetensorsModels.open(write(utf16, 0))).hasMessageContaining("no sound JSON");
        assertThatThrownBy(() -> SafetensorsModels.open(write(mark, 0)))
                .hasMessageContaining("does not begin with '{'");
        assertThatThrownBy(() -> SafetensorsModels.open(write(latin, 0)))
                .hasMessageContaining("no UTF-8 at its byte 2");
    }

    @Test
    void aHeaderLongerThanItsFileOrThanAnyIsRefusedBeforeItIsRead() throws IOException {
        for (long length : new long[] {-1, 0, 1L << 40, Long.MAX_VALUE}) {
            Path file = folder.resolve("length");
            Files.write(
                    file,
                    ByteBuffer.allocate(32)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .array());
            assertThatThrownBy(() -> SafetensorsModels.open(file))
                    .hasMessage("header length " + length + " is impossible in a file of 32 bytes");
        }
        Path blanks = write(new byte[(int) SafetensorsReader.LARGEST_HEADER + 1], 0);
        assertThatThrownBy(() -> SafetensorsModels.open(blanks)).hasMessageContaining("is longer than 8388608");
        Path stub = Files.write(folder.resolve("stub"), new byte[3]);
        assertThatThrownBy(() -> SafetensorsModels.open(stub)).hasMessageContaining("file ends");
    }

    /** Short for {@code "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}. */
    private static String json(String shortForm) {
        return shortForm
                .replaceAll(":(F\\w+) (\\[[^]]*\\]) (\\[[^]]*\\])", ":{'dtype':'$1','shape':$2,'data_offsets':$3}")
                .replace('\'', '"');
    }

    private Path write(byte[] header, int dataBytes) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        return Files.write(folder.resolve("model.safetensors"), bytes.array());
    }
}
