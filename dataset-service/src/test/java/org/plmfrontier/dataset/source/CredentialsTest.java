package org.plmfrontier.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://host/x.fasta                       | https://host/x.fasta",
                "https://ann:pa55@host:8443/x.fasta         | https://***@host:8443/x.fasta",
                "https://ann@host/x                         | https://***@host/x",
                "https://host/x.gz?X-Amz-Signature=ab&e=1   | https://host/x.gz?***",
                "https://host/x?a=1#t=2                     | https://host/x?***",
                "https://host/x#token                       | https://host/x#***",
                "http://ann:p/a@55@host/x                   | http://***@host/x",
                "http://ann:p@ss@host/x                     | http://***@host/x",
                "http://host:80/@scope/x.fasta              | http://host:80/@scope/x.fasta",
                "http://[::1]:80/@x                         | http://[::1]:80/@x",
                "HTTP://ann:pa55@HOST/x                     | HTTP://***@HOST/x",
                "http:/ann:pa55@host/x                      | http:/***@host/x",
                "ftp://ann:pa55@host/x?y                    | ftp://***@host/x?***",
                "s3://KEY:SECRET@bucket/key                 | s3://***@bucket/key",
                "s3://bucket/set-?/*.fasta                  | s3://bucket/set-?/*.fasta",
                "/data/what?/ann@home.fasta                 | /data/what?/ann@home.fasta"
            })
    void nothingThatMayBeACredentialIsShown(String address, String shown) {
        assertThat(Credentials.hidden(address)).isEqualTo(shown);
        assertThat(Credentials.hidden(shown)).isEqualTo(shown);
    }

    @Test
    void addressesInASentenceAreHiddenAndTheRestStays() {
        assertThat(Credentials.hiddenIn("no https://u:p@a/x?k=1 nor (s3://b/c) at 12:/30 in /etc/x?"))
                .isEqualTo("no https://***@a/x?*** nor (s3://b/c) at 12:/30 in /etc/x?");
    }

    @Test
    void aSourceIsShownWithoutThem() {
        Source source = new Source("https://u:p@host/x?key=1", null, 5, "\"v\"");
        assertThat(source.toString()).contains("https://***@host/x?***").doesNotContain("u:p", "key=1");
        assertThat(source.read("ab", 7).path()).isEqualTo("https://***@host/x?***");
        assertThat(source.read("ab", 7).bytes()).isEqualTo(7);
    }
}
