package dev.holdfast.aws;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen at deployment, each by {@code -c name=value}.
 *
 * @param region "region", where all of it stands; us-east-1
 * @param queue "queue": "holdfast" for a host with queue-service, "sqs" for Amazon SQS in its place
 * @param queueInstanceType "queueInstanceType", of host 1; t3.small
 * @param analyticsInstanceType "analyticsInstanceType", of host 2; t3.medium
 * @param queueHostPresent false with "queueHost=absent": everything but the instance, so that the next deployment makes a new one
 * @param allowedCidr "allowedCidr", from where the dashboard may be opened; without it nothing is, and a port is forwarded
 * @param dataVolumeGib "dataVolumeGib", 1 to 16,384; 20
 * @param dataSnapshot "dataSnapshot", from which the data volume is made; without it the volume begins empty
 * @param image "image", the AMI of Ubuntu 24.04; without it the newest, and a newer one at a later deployment replaces the hosts
 * @param packages "packages", the folder of the two .deb files
 */
record Parameters(
        String region,
        Queue queue,
        String queueInstanceType,
        String analyticsInstanceType,
        boolean queueHostPresent,
        Optional<String> allowedCidr,
        int dataVolumeGib,
        Optional<String> dataSnapshot,
        Optional<String> image,
        Path packages) {
    private static final Pattern CIDR = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}");
    private static final int LARGEST_VOLUME_GIB = 16_384;

    /** What holds the messages. */
    enum Queue {
        HOLDFAST,
        SQS
    }

    Parameters {
        require(
                allowedCidr.isEmpty() || CIDR.matcher(allowedCidr.get()).matches(),
                "allowedCidr takes a range such as 203.0.113.0/24, not " + allowedCidr.orElse(""));
        require(
                allowedCidr.isEmpty() || !allowedCidr.get().endsWith("/0"),
                "allowedCidr=" + allowedCidr.orElse("")
                        + " would open the dashboard to everybody; name your own range");
        require(
                dataVolumeGib >= 1 && dataVolumeGib <= LARGEST_VOLUME_GIB,
                "dataVolumeGib takes 1 to " + LARGEST_VOLUME_GIB + ", not " + dataVolumeGib);
    }

    /** @throws IllegalArgumentException with a sentence that names the parameter */
    static Parameters from(Function<String, @Nullable Object> context, Path packages) {
        return new Parameters(
                text(context, "region").orElse("us-east-1"),
                queue(text(context, "queue").orElse("holdfast")),
                text(context, "queueInstanceType").orElse("t3.small"),
                text(context, "analyticsInstanceType").orElse("t3.medium"),
                isPresent(text(context, "queueHost").orElse("present")),
                text(context, "allowedCidr"),
                number("dataVolumeGib", text(context, "dataVolumeGib").orElse("20")),
                text(context, "dataSnapshot"),
                text(context, "image"),
                text(context, "packages").map(Path::of).orElse(packages));
    }

    private static Optional<String> text(Function<String, @Nullable Object> context, String name) {
        return Optional.ofNullable(context.apply(name)).map(Object::toString).filter(text -> !text.isBlank());
    }

    private static Queue queue(String text) {
        return switch (text) {
            case "holdfast" -> Queue.HOLDFAST;
            case "sqs" -> Queue.SQS;
            default -> throw new IllegalArgumentException("queue takes holdfast or sqs, not " + text);
        };
    }

    private static boolean isPresent(String text) {
        require(text.equals("present") || text.equals("absent"), "queueHost takes present or absent, not " + text);
        return text.equals("present");
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a whole number, not " + text, e);
        }
    }

    private static void require(boolean holds, String text) {
        if (!holds) {
            throw new IllegalArgumentException(text);
        }
    }
}
