package org.plmfrontier.fitting.db;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.masking.LossPart;
import org.plmfrontier.contracts.masking.LossParts;

/** The parts of a masked loss in a row; all null where there are none. */
@Embeddable
class PartsColumns {
    @Column(name = "mask_nats")
    @Nullable
    Double maskNats;

    @Column(name = "mask_residues")
    @Nullable
    Long maskResidues;

    @Column(name = "random_nats")
    @Nullable
    Double randomNats;

    @Column(name = "random_residues")
    @Nullable
    Long randomResidues;

    @Column(name = "unchanged_nats")
    @Nullable
    Double unchangedNats;

    @Column(name = "unchanged_residues")
    @Nullable
    Long unchangedResidues;

    static @Nullable PartsColumns of(@Nullable LossParts parts) {
        if (parts == null) {
            return null;
        }
        PartsColumns columns = new PartsColumns();
        columns.maskNats = nats(parts.mask());
        columns.maskResidues = residues(parts.mask());
        columns.randomNats = nats(parts.random());
        columns.randomResidues = residues(parts.random());
        columns.unchangedNats = nats(parts.unchanged());
        columns.unchangedResidues = residues(parts.unchanged());
        return columns;
    }

    LossParts parts() {
        return new LossParts(
                part(maskNats, maskResidues), part(randomNats, randomResidues), part(unchangedNats, unchangedResidues));
    }

    private static @Nullable Double nats(@Nullable LossPart part) {
        return part == null ? null : part.lossNats();
    }

    private static @Nullable Long residues(@Nullable LossPart part) {
        return part == null ? null : part.residues();
    }

    private static @Nullable LossPart part(@Nullable Double nats, @Nullable Long residues) {
        return nats == null || residues == null ? null : new LossPart(nats, residues);
    }
}
