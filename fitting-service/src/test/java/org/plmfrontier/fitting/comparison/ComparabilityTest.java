package org.plmfrontier.fitting.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.comparison.Comparability.Kind;
import org.plmfrontier.fitting.comparison.Measurement.Task;
import org.plmfrontier.fitting.quantity.Convention;

class ComparabilityTest {
    @Test
    void lossesOfOneTaskOnOneHeldOutSetAreComparable() {
        Comparability found = Comparability.of("a", suite(Task.MASKED, "x"), "b", suite(Task.MASKED, "x"));
        assertThat(found).isEqualTo(new Comparability(Kind.SAME, List.of()));
        assertThat(found.tells()).isTrue();
    }

    @Test
    void maskedAndCausalLossesAreTwoQuantitiesWhateverTheCorpus() {
        Comparability found = Comparability.of("a", suite(Task.MASKED, "x"), "b", suite(Task.CAUSAL, "x"));
        assertThat(found.kind()).isEqualTo(Kind.OTHER_TASK);
        assertThat(found.tells()).isFalse();
        assertThat(found.caveats())
                .containsExactly(
                        "The losses of a are of masked residues, those of b of every next token: two quantities, whose"
                                + " difference means nothing.");
    }

    @Test
    void anotherCorpusHasOtherProteinsAndTheirFrequenciesSayHowMuchThatMayBe() {
        Comparability found = Comparability.of("a", suite(Task.MASKED, "x"), "b", suite(Task.MASKED, "y"));
        assertThat(found.kind()).isEqualTo(Kind.OTHER_HELD_OUT);
        assertThat(found.tells()).isFalse();
        assertThat(found.caveats())
                .singleElement()
                .asString()
                .startsWith("a is judged on the held-out proteins of corpus x, b on those of corpus y: ")
                .endsWith("(amino-acid frequencies alone reach 2.700 nats on the first and 2.700 on the others).");
        Measurement old = new Measurement(Task.MASKED, ids("z"), ids(), OptionalDouble.empty(), Convention.STUDY);
        assertThat(Comparability.of("a", old, "b", suite(Task.MASKED, "y"))
                        .caveats()
                        .getFirst())
                .endsWith("and not of the training.");
    }

    @Test
    void filesTellNothingAndAreComparedWithThatCaveatAndThatOfTheirCounting() {
        Measurement file = new Measurement(Task.UNKNOWN, ids(), ids(), OptionalDouble.empty(), Convention.SIX_ND);
        Comparability found = Comparability.of("a", suite(Task.CAUSAL, "x"), "b", file);
        assertThat(found.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(found.tells()).isTrue();
        assertThat(found.caveats()).hasSize(2);
        assertThat(found.caveats().getFirst()).startsWith("A file does not say on which proteins");
        assertThat(found.caveats().getLast())
                .startsWith(
                        "a counts N as table 6, D as seen and C as table 5, b counts N as given, D as given and C as 6 N D: ")
                .contains("over 6 N D in both");
        assertThat(Comparability.of("b", file, "c", file).caveats()).hasSize(1);
    }

    @Test
    void corporaOfOneSetAreComparableWhicheverOfThemChoseIt() {
        Measurement chose = suite(Task.MASKED, "x");
        Measurement took =
                new Measurement(Task.MASKED, ids("x"), ids(DIGEST), OptionalDouble.of(2.6), Convention.STUDY);
        assertThat(Comparability.of("a", chose, "b", took)).isEqualTo(new Comparability(Kind.SAME, List.of()));
        assertThat(Comparability.of("b", took, "a", chose).kind()).isEqualTo(Kind.SAME);
        Measurement file =
                new Measurement(Task.MASKED, ids(DIGEST), ids(DIGEST), OptionalDouble.of(2.6), Convention.STUDY);
        assertThat(Comparability.of("c", file, "d", file).kind()).isEqualTo(Kind.SAME);
        assertThat(Comparability.of("b", took, "c", file).kind())
                .as("the same proteins under other masks")
                .isEqualTo(Kind.OTHER_HELD_OUT);
        assertThat(Comparability.of("a", chose, "c", file).caveats().getFirst())
                .startsWith(
                        "a is judged on the held-out proteins of corpus x, c on those of the common set 3a3a3a3a3a3a: ");
    }

    @Test
    void oneNameWithTwoDigestsIsNotOneSet() {
        Measurement one = new Measurement(Task.CAUSAL, ids("x"), ids(DIGEST), OptionalDouble.empty(), Convention.STUDY);
        Measurement two =
                new Measurement(Task.CAUSAL, ids("x"), ids("4b".repeat(32)), OptionalDouble.empty(), Convention.STUDY);
        assertThat(Comparability.of("a", one, "b", two).kind()).isEqualTo(Kind.OTHER_HELD_OUT);
    }

    private static final String DIGEST = "3a".repeat(32);

    private static Measurement suite(Task task, String corpus) {
        return new Measurement(task, ids(corpus), ids(), OptionalDouble.of(2.7), Convention.STUDY);
    }

    private static TreeSet<String> ids(String... corpora) {
        return new TreeSet<>(List.of(corpora));
    }
}
