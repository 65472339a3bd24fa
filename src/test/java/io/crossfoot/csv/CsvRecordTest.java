package io.crossfoot.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.csv.CsvDialect.LineBreaks;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRecordTest {
    /** Takes a record apart: values in brackets, null as a dot, broken records with an exclamation mark. */
    private static String parse(String text, LineBreaks lineBreaks) {
        byte[] bytes = text.replace("↵", "\n").getBytes(StandardCharsets.UTF_8);
        CsvRecord record = new CsvRecord(CsvDialect.standard().with(lineBreaks));
        int end = record.parse(bytes, 0, bytes.length, true);
        StringJoiner values = new StringJoiner("");
        for (int i = 0; i < record.size(); i++) {
            long place = record.place(i);
            String value = Place.hasDoubledQuotes(place)
                    ? new String(record.undoubled(bytes, place), StandardCharsets.UTF_8)
                    : CsvFiles.text(bytes, Place.start(place), Place.end(place));
            values.add(place == Place.NULL ? "." : "[" + value + "]");
        }
        return (record.isBroken() ? "!" : values.toString().replace("\n", "↵")) + end;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            a,b                ; [a][b]3
            a,,                ; [a]..3
            ,                  ; ..1
            "",a               ; [][a]4
            "a,b",c            ; [a,b][c]7
            "a ""b"" c"        ; [a "b" c]11
            27" wide,b         ; [27" wide][b]10
            ~ "x",b~           ; [ "x"][b]6
            a,b↵c              ; [a][b]3
            "a↵b",c            ; !2
            "a                 ; !2
            "a""               ; !4
            "a"b,c             ; !6
            "a" ,c             ; !6
            """)
    void takesALineApart(String text, String expected) {
        assertThat(parse(text, LineBreaks.NEVER)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            "a↵b",c↵d          ; [a↵b][c]7
            "a"b,"c↵d"         ; !7
            "a↵b               ; !4
            """)
    void takesARecordOfSeveralLinesApart(String text, String expected) {
        assertThat(parse(text, LineBreaks.QUOTED)).isEqualTo(expected);
    }
}
