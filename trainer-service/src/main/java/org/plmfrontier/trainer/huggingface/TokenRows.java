package org.plmfrontier.trainer.huggingface;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.ExportLayout;
import org.plmfrontier.trainer.network.ExportLayout.PublishedTokens;

/**
 * Which row of a model's embedding and output bias belongs to which of the 29 tokens. Rows of other tokens are dropped: a
 * softmax over the 29 that are left is the model's own, given that the answer is one of them.
 *
 * @param source where the order of the tokens stands, for people
 * @param tokens the model's tokens by row; shorter than {@code rows} where the last rows have no token
 * @param rows rows of the embedding
 * @param rowOf row of each of the 29 tokens, by id
 */
record TokenRows(String source, List<String> tokens, int rows, List<Integer> rowOf) {
    TokenRows {
        tokens = List.copyOf(tokens);
        rowOf = List.copyOf(rowOf);
    }

    /** The 29 tokens in their own order. */
    static TokenRows own() {
        List<String> tokens = TokenizerFiles.tokens();
        List<Integer> same = new ArrayList<>();
        for (int row = 0; row < tokens.size(); row++) {
            same.add(row);
        }
        return new TokenRows(TokenizerFiles.VOCABULARY, tokens, tokens.size(), same);
    }

    /**
     * Finds the rows.
     *
     * @param vocabulary {@code vocab.txt}, one token a line by row; null where there is none
     * @param listed {@code vocab_list} of {@code config.json}, read where there is no file; may be empty
     * @param rows rows of the model's embedding
     * @throws UnfitModelException where a token is absent or stands twice, with the line
     */
    static TokenRows of(Family family, @Nullable String vocabulary, List<String> listed, int rows)
            throws UnfitModelException {
        ExportLayout layout = Networks.layout(family);
        String source = vocabulary != null ? TokenizerFiles.VOCABULARY : "config.json, vocab_list";
        List<String> tokens = vocabulary != null ? lines(vocabulary) : listed;
        if (vocabulary == null && listed.isEmpty()) {
            source = TokenizerFiles.VOCABULARY + " is absent, the order is taken to be ";
            List<String> own = TokenizerFiles.tokens();
            Optional<PublishedTokens> published =
                    layout.publishedTokens().filter(known -> known.tokens().size() == rows);
            if (rows == own.size()) {
                tokens = own;
                source += "plm-frontier's";
            } else if (published.isPresent()) {
                tokens = published.get().tokens();
                source += "that of the published " + published.get().model();
            } else {
                throw unfit("is missing, and no order of " + rows + " tokens is known");
            }
        }
        if (tokens.size() > rows) {
            throw unfit("holds " + tokens.size() + " tokens, the embedding has " + rows + " rows");
        }
        TokenRows found = new TokenRows(source, tokens, rows, places(tokens));
        if (layout.tokenTables().isEmpty() && !found.isIdentity()) {
            throw unfit(
                    "does not hold the tokens in the order of this trainer, in which " + family + " models are stored");
        }
        return found;
    }

    int rowOf(int token) {
        return rowOf.get(token);
    }

    /** Whether nothing moves and nothing is dropped. */
    boolean isIdentity() {
        return equals(own()) || (rows == rowOf.size() && rowOf.equals(own().rowOf()));
    }

    /** Rows that are not used, with their token where they have one. */
    List<String> dropped() {
        List<String> dropped = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            if (!rowOf.contains(row)) {
                dropped.add(row + (row < tokens.size() ? " " + tokens.get(row) : ""));
            }
        }
        return dropped;
    }

    private static List<String> lines(String vocabulary) {
        List<String> lines =
                new ArrayList<>(vocabulary.lines().map(String::strip).toList());
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private static List<Integer> places(List<String> tokens) throws UnfitModelException {
        Map<String, Integer> rows = new HashMap<>();
        for (int row = 0; row < tokens.size(); row++) {
            Integer before = rows.put(tokens.get(row), row);
            if (before != null) {
                throw unfit("line " + (row + 1) + " is " + tokens.get(row) + ", as line " + (before + 1) + " is");
            }
        }
        List<Integer> places = new ArrayList<>();
        for (String token : TokenizerFiles.tokens()) {
            if (!rows.containsKey(token)) {
                throw unfit("has no line for the token " + token);
            }
            places.add(Objects.requireNonNull(rows.get(token)));
        }
        return places;
    }

    private static UnfitModelException unfit(String reason) {
        return new UnfitModelException(TokenizerFiles.VOCABULARY, reason);
    }
}
