package org.landgrant.prompts;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;

/**
 * What a button of the card means for the book of grants. Closing the card means “not now” and decides
 * nothing, as does a switch that is off.
 */
public final class CardAnswers {

    /** The three buttons. */
    public enum Button {
        DONT_ALLOW,
        ALLOW_NEXT_TIME,
        ALLOW_AND_REOPEN
    }

    /** One decision to put through the gatekeeper, its origin being the prompt. */
    public record Answer(Resource resource, Set<Access> access, Decision decision) {
        public Answer {
            access = Set.copyOf(access);
        }
    }

    private CardAnswers() {}

    /**
     * The decisions that follow from a button.
     *
     * <p>The first <em>Don't Allow</em> is kept as {@link Decision#ASK}, the second about the same
     * resource as {@link Decision#DENY}, after which nobody asks again. When part of what was asked
     * for is allowed already, that part stays as it is.
     *
     * @param switchedOn resources whose switch is on; has no meaning for <em>Don't Allow</em>
     */
    public static List<Answer> of(Button button, List<Row> rows, Set<Resource> switchedOn, Standing standing) {
        List<Answer> answers = new ArrayList<>();
        for (Row row : rows) {
            Optional<EffectiveGrant> before = standing.about(row.resource());
            if (button == Button.DONT_ALLOW) {
                refuse(row, before).ifPresent(answers::add);
            } else if (switchedOn.contains(row.resource())) {
                answers.add(new Answer(row.resource(), together(row, before), Decision.ALLOW));
            }
        }
        return answers;
    }

    private static Optional<Answer> refuse(Row row, Optional<EffectiveGrant> before) {
        if (before.filter(grant -> grant.decision() == Decision.ALLOW).isPresent()) {
            return Optional.empty();
        }
        boolean again = before.filter(grant -> grant.decision() == Decision.ASK && grant.origin() == Origin.PROMPT)
                .isPresent();
        return Optional.of(new Answer(row.resource(), row.access(), again ? Decision.DENY : Decision.ASK));
    }

    private static Set<Access> together(Row row, Optional<EffectiveGrant> before) {
        Set<Access> access = EnumSet.copyOf(row.access());
        before.filter(grant -> grant.decision() == Decision.ALLOW).ifPresent(grant -> access.addAll(grant.access()));
        return access;
    }
}
