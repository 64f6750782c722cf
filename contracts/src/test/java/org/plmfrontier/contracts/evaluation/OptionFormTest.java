package org.plmfrontier.contracts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionFormTest {
    @ParameterizedTest
    @CsvSource({
        "VARIANT_EFFECT, scoring, wt-marginals",
        "VARIANT_EFFECT, offset, -3",
        "VARIANT_EFFECT, context, ' 512 '",
        "VARIANT_EFFECT, seed, 2147483647",
        "SECONDARY_STRUCTURE, layer, every",
        "SECONDARY_STRUCTURE, lambda, 1e-3",
        "SECONDARY_STRUCTURE, quick, true",
        "CONTACTS, lambda, .15",
        "PERPLEXITY, pseudoSequences, 0",
    })
    void valuesOfTheFormPass(EvaluationKind kind, String option, String value) {
        assertThat(kind.form(option).problem(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "VARIANT_EFFECT, scoring, wild-type-marginals, 'must be one of [wt-marginals, masked-marginals, likelihood], got'",
        "VARIANT_EFFECT, seed, 1.5, must be a whole number",
        "SECONDARY_STRUCTURE, quick, yes, 'must be one of [true, false]'",
        "SECONDARY_STRUCTURE, lambda, -1, must be a positive number",
        "CONTACTS, lambda, NaN, must be a positive number",
        "CONTACTS, lambda, 0, must be a positive number",
        "PERPLEXITY, maskings, five, must be a whole number",
        "PERPLEXITY, maskings, '', must be a whole number",
    })
    void othersAreToldWithWhatTheyMustBe(EvaluationKind kind, String option, String value, String said) {
        assertThat(kind.form(option).problem(value))
                .hasValueSatisfying(problem -> assertThat(problem).contains(said));
    }
}
