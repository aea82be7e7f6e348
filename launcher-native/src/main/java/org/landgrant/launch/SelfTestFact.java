package org.landgrant.launch;

/**
 * Something about this computer that explains what it enforces.
 *
 * @param key which: {@code linux}, {@code landlock}, {@code errata}, {@code modules}, {@code display}, {@code bus},
 *     {@code filter}, {@code namespaces}, {@code tracing}, {@code audit}, {@code manager}
 * @param state which of the few things that may be said about it
 * @param value fills the sentence, for instance a version; often empty
 */
public record SelfTestFact(String key, String state, String value) {}
