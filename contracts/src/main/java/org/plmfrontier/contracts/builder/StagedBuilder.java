package org.plmfrontier.contracts.builder;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.soabase.recordbuilder.core.RecordBuilder.BuilderMode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Generates a builder for a record with more than six components: {@code RunSpecBuilder.builder().studyId(..)...build()}.
 * Components come in their order, one after the other, so the compiler names one that is missing; nullable and optional
 * ones may follow, before {@code build()}. {@code RunSpecBuilder.from(record)} starts with a copy.
 */
@RecordBuilder.Template(
        options =
                @RecordBuilder.Options(
                        builderMode = BuilderMode.STAGED_REQUIRED_ONLY,
                        copyMethodName = "from",
                        enableWither = false,
                        enableGetters = false,
                        addStaticBuilder = false,
                        fromMethodName = "",
                        fileComment = ""))
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface StagedBuilder {}
