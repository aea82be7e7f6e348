package org.landgrant.kernel;

/**
 * What this kernel can enforce.
 *
 * @param landlockAbi Landlock's version, 0 when there is none
 * @param errata the bits of the errata that are fixed in it
 */
public record KernelFacts(int landlockAbi, int errata) {}
