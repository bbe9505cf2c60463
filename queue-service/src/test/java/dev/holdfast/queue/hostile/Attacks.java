package dev.holdfast.queue.hostile;

import dev.holdfast.queue.api.SmithyModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes hostile requests from the Smithy model: all with one wrong member, and by chance such with several and broken bytes. */
final class Attacks {
    private static final String BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final List<String> HANDLED =
            List.of("DeleteMessage", "DeleteMessageBatch", "ChangeMessageVisibility", "ChangeMessageVisibilityBatch");

    /** Members that find what they name, or nothing. */
    private static final List<String> ONLY_COMPARED =
            List.of("QueueNamePrefix", "MessageAttributeNames", "TagKeys", "ReceiveRequestAttemptId");

    private final List<GoodRequest.Target> targets;

    Attacks(List<GoodRequest.Target> targets) {
        this.targets = targets;
    }

    /** Each action as it should be, in both protocols and on each kind of queue. */
    List<Attack> none() {
        List<Attack> requests = new ArrayList<>();
        for (String action : SmithyModel.get().actions()) {
            for (GoodRequest.Target target : targets) {
                Map<String, Object> request = GoodRequest.of(action, target, Map.of());
                requests.add(new Attack("unchanged", action, Attack.Protocol.JSON, RequestText.json(request), false));
                requests.add(new Attack(
                        "unchanged", action, Attack.Protocol.QUERY, RequestText.form(action, request), false));
            }
        }
        return requests;
    }

    /** Every hostile value in the place of every member of every action, in both protocols. */
    List<Attack> onEveryMember() {
        List<Attack> attacks = new ArrayList<>(looseHandles());
        for (String action : SmithyModel.get().actions()) {
            GoodRequest.slots(action, targets.getFirst())
                    .forEach((path, member) -> Arrays.stream(HostileValue.values())
                            .forEach(value -> add(attacks, action, path, member, value)));
        }
        return attacks;
    }

    /** Good handles but for the bits that base64 leaves over: a decoder that does not look at them takes them for good. */
    private List<Attack> looseHandles() {
        List<Attack> attacks = new ArrayList<>();
        for (GoodRequest.Target target : targets) {
            String handle = target.receiptHandle();
            int last = BASE_64.indexOf(handle.charAt(handle.length() - 1));
            GoodRequest.Target loose =
                    target.withReceiptHandle(handle.substring(0, handle.length() - 1) + BASE_64.charAt(last ^ 1));
            for (String action : HANDLED) {
                Map<String, Object> request = GoodRequest.of(action, loose, Map.of());
                attacks.add(new Attack("loose handle", action, Attack.Protocol.JSON, RequestText.json(request), true));
                attacks.add(new Attack(
                        "loose handle", action, Attack.Protocol.QUERY, RequestText.form(action, request), true));
            }
        }
        return attacks;
    }

    private void add(List<Attack> attacks, String action, String path, SmithyModel.Member member, HostileValue value) {
        Map<String, Object> request =
                GoodRequest.of(action, targets.get(attacks.size() % targets.size()), Map.of(path, value));
        String what = path + " " + value;
        attacks.add(new Attack(
                what,
                action,
                Attack.Protocol.JSON,
                RequestText.json(request),
                value.isWrongJsonFor(member.target().type(), member.required()) || mustNotBeKept(path, member, value)));
        attacks.add(new Attack(
                what,
                action,
                Attack.Protocol.QUERY,
                RequestText.form(action, request),
                mustNotBeKept(path, member, value)));
    }

    /** Whether the server would change what it was given by accepting it, or take for a number what is none. */
    private static boolean mustNotBeKept(String path, SmithyModel.Member member, HostileValue value) {
        return switch (member.target().type()) {
            case "string", "enum" ->
                path.startsWith("Attributes.")
                        ? value.isHalfACharacter() || value.isNearlyANumber()
                        : value.isHalfACharacter() && ONLY_COMPARED.stream().noneMatch(path::startsWith);
            case "integer", "long" -> value.isNearlyANumber();
            default -> false;
        };
    }

    /** One with up to four wrong members, every third with some bytes overwritten, cut off or repeated. */
    Attack random(SplittableRandom random) {
        List<String> actions = SmithyModel.get().actions();
        String action = actions.get(random.nextInt(actions.size()));
        GoodRequest.Target target = targets.get(random.nextInt(targets.size()));
        List<String> paths = List.copyOf(GoodRequest.slots(action, target).keySet());
        Map<String, HostileValue> replacements = new HashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            HostileValue[] values = HostileValue.values();
            replacements.put(paths.get(random.nextInt(paths.size())), values[random.nextInt(values.length)]);
        }
        Map<String, Object> request = GoodRequest.of(action, target, replacements);
        Attack.Protocol protocol = random.nextBoolean() ? Attack.Protocol.JSON : Attack.Protocol.QUERY;
        byte[] body = protocol == Attack.Protocol.JSON ? RequestText.json(request) : RequestText.form(action, request);
        boolean broken = random.nextInt(3) == 0;
        return new Attack(
                replacements + (broken ? " and broken bytes" : ""),
                action,
                protocol,
                broken ? breakBytes(body, random) : body,
                false);
    }

    private static byte[] breakBytes(byte[] body, SplittableRandom random) {
        byte[] broken = body.clone();
        int at = random.nextInt(broken.length);
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(broken, at);
            case 1 -> {
                byte[] longer = Arrays.copyOf(broken, broken.length + at);
                System.arraycopy(broken, 0, longer, broken.length, at);
                yield longer;
            }
            default -> {
                for (int i = random.nextInt(1, 9); i > 0; i--) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
                }
                yield broken;
            }
        };
    }
}
