package org.plmfrontier.dataset.fasta;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Text formats of the field, and of the web, that are no FASTA, by how their text begins. */
final class TextFormats {
    private static final String FASTQ = "write it as FASTA: seqtk seq -A FILE";
    private static final String CONVERT = "write it as FASTA, for example by Biopython's SeqIO.convert";
    private static final String ANSWER = "it is what a web server or a program answered; fetch the FASTA file itself";

    private static final List<Rule> RULES = List.of(
            rule("\\{\\s*\"|\\[\\s*[\\[{\"\\d]|\\{\\s*\\}|\\[\\s*\\]", "JSON", ANSWER),
            rule("(?i)<!doctype html|<html|<head|<body|<!-- ?doctype", "HTML", ANSWER),
            rule("<\\?xml|<[A-Za-z!]", "XML", "name a FASTA file, or write its sequences as FASTA"),
            rule("version https://(git-lfs|hawser)\\S+", "a Git LFS pointer", "fetch the file itself: git lfs pull"),
            rule("/annex/objects/|\\S*\\.git/annex/", "a git-annex pointer", "fetch the file itself: git annex get"),
            rule("@(HD|SQ|RG|PG|CO)\\t", "SAM alignments", "write it as FASTA: samtools fasta FILE"),
            rule("@[^\\r\\n]*\\R(?!>)", "FASTQ", FASTQ),
            rule("LOCUS {3,}\\S", "GenBank", CONVERT),
            rule("ID {3}\\S[^\\r\\n]*(;|\\.)\\s", "EMBL or Swiss-Prot", CONVERT),
            rule("# STOCKHOLM", "a Stockholm alignment", CONVERT + "; gaps are dropped"),
            rule("(CLUSTAL|MUSCLE \\(|PROBCONS|Kalign|T-COFFEE)[^\\r\\n]*", "a Clustal alignment", CONVERT),
            rule("PileUp|!!(AA|NA)_MULTIPLE_ALIGNMENT|[^>]{1,2000}MSF: *\\d", "an MSF alignment", CONVERT),
            rule("!!(AA|NA)_SEQUENCE|[^>]{1,2000}Length: *\\d+[^>\\r\\n]*Check: *\\d", "a GCG sequence", CONVERT),
            rule("(?i)#NEXUS|#mega", "a NEXUS or MEGA alignment", CONVERT),
            rule("\\d+[ \\t]+\\d+[ \\t]*[ISis]?[ \\t]*\\R", "a PHYLIP alignment", CONVERT),
            rule("##(gff-version|gff|gtf)", "GFF annotations", "name the sequences' own FASTA file"),
            rule("##fileformat=VCF", "VCF variants", "name the sequences' own FASTA file"),
            rule("HEADER {4}|ATOM {2,}\\d|data_\\S+\\s", "a structure (PDB or mmCIF)", "write its sequences as FASTA"),
            rule("HMMER\\d", "an HMMER profile", "name a FASTA file"));

    /** NBRF/PIR: its header names one of ten types of sequence. */
    private static final Pattern PIR =
            Pattern.compile(">(P1|F1|DL|DC|RL|RC|N1|N3|XX);([^\\r\\n=]*)\\R([^\\r\\n]*)\\R(.*)", Pattern.DOTALL);

    private static final Pattern SEQUENCE = Pattern.compile("[A-Za-z*.-]+");

    /**
     * A format.
     *
     * @param advice what to do with a file of it
     */
    record Named(String name, String advice) {}

    private record Rule(Pattern begins, Named format) {}

    private TextFormats() {}

    static Optional<Named> find(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1).replaceFirst("^(\u00EF\u00BB\u00BF)?\\s*", "");
        if (isPir(text)) {
            return Optional.of(new Named("NBRF/PIR", CONVERT));
        }
        return RULES.stream()
                .filter(rule -> rule.begins().matcher(text).lookingAt())
                .map(Rule::format)
                .findFirst();
    }

    /** Whether the header has a type, a line of description follows, or the first sequence ends in a star. */
    private static boolean isPir(String text) {
        var header = PIR.matcher(text);
        if (!header.matches()) {
            return false;
        }
        String rest = header.group(4);
        int end = rest.indexOf("\n>");
        String sequence = (end < 0 ? rest : rest.substring(0, end)).stripTrailing();
        boolean described = !SEQUENCE.matcher(header.group(3)).matches();
        return described || (!sequence.isEmpty() && sequence.endsWith("*"));
    }

    private static Rule rule(String begins, String name, String advice) {
        return new Rule(Pattern.compile(begins), new Named(name, advice));
    }
}
