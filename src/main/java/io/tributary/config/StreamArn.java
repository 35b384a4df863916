package io.tributary.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Amazon Resource Name of a Kinesis data stream, {@code arn:aws:kinesis:us-east-1:123456789012:stream/name}. Format:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html. Immutable.
 */
public final class StreamArn {
    public static final String ALLOWED = "a stream's ARN such as `arn:aws:kinesis:us-east-1:123456789012:stream/name`";

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:kinesis:([a-z0-9-]+):(\\d{12}):stream/([A-Za-z0-9_.-]{1,128})");

    private final String text;
    private final String region;
    private final String account;
    private final String name;

    private StreamArn(String text, Matcher parts) {
        this.text = text;
        this.region = parts.group(1);
        this.account = parts.group(2);
        this.name = parts.group(3);
    }

    /** @return whether the text is meant as an ARN, right or wrong; no topic's name has a colon */
    public static boolean looksLikeOne(String text) {
        return text.startsWith("arn:");
    }

    /** @throws IllegalArgumentException where the text is no stream's ARN */
    public static StreamArn parse(String text) {
        Matcher parts = ARN.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("`" + text + "` is no ARN of a Kinesis stream");
        }
        return new StreamArn(text, parts);
    }

    /** @throws IllegalArgumentException where one is no stream's ARN, or their accounts or regions differ */
    public static List<StreamArn> list(String text) {
        List<StreamArn> arns = new ArrayList<>();
        for (String one : NameList.split(text)) {
            StreamArn arn = parse(one);
            StreamArn first = arns.isEmpty() ? arn : arns.get(0);
            if (!arn.region.equals(first.region) || !arn.account.equals(first.account)) {
                throw new IllegalArgumentException("`" + arn + "` and `" + first
                        + "` differ in account or region; one job reads the streams of one");
            }
            arns.add(arn);
        }
        return arns;
    }

    public String region() {
        return region;
    }

    public String account() {
        return account;
    }

    /** @return the stream's name */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return text;
    }
}
