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
        List<Attack> attacks = new ArrayList<>();
        for (String action : SmithyModel.get().actions()) {
            GoodRequest.slots(action, targets.getFirst())
                    .forEach((path, member) -> Arrays.stream(HostileValue.values())
                            .forEach(value -> add(attacks, action, path, member, value)));
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
                value.isWrongJsonFor(member.target().type(), member.required())));
        attacks.add(new Attack(what, action, Attack.Protocol.QUERY, RequestText.form(action, request), false));
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
