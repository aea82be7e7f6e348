package org.landgrant.grants;

/** What was decided about a resource. What nobody decided about is refused. */
public enum Decision {
    ALLOW,
    /** Refused for good; nobody is asked again unless the grant came from fewer than two prompts. */
    DENY,
    /** Refused until a prompt is answered; overrides an allowing template. */
    ASK
}
