package org.plmfrontier.trainer.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a bucket, {@code s3://bucket/prefix}.
 *
 * @param prefix empty, or without a slash at either end
 */
public record BucketAddress(String bucket, String prefix) {
    private static final String SCHEME = "s3://";
    private static final Pattern FORM = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/+(.*?))?/*");

    /**
     * The place that an address names.
     *
     * @throws IllegalArgumentException where it names none
     */
    public static BucketAddress of(String address) {
        Matcher matcher = FORM.matcher(address);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("trainer.checkpoints must be of the form s3://bucket/prefix, got '"
                    + address.replaceFirst("//[^/]*@", "//...@") + "'");
        }
        return new BucketAddress(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
    }

    /** Key of the object with a name. */
    String key(String name) {
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Name of the object with a key below the prefix. */
    String name(String key) {
        return prefix.isEmpty() ? key : key.substring(prefix.length() + 1);
    }

    /** The address of an object, for messages. */
    String addressOf(String name) {
        return SCHEME + bucket + "/" + key(name);
    }

    @Override
    public String toString() {
        return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
