package org.landgrant.kernel;

/**
 * What this kernel can enforce.
 *
 * @param landlockAbi the version of Landlock, 0 where there is none
 * @param errata the bits of {@code LANDLOCK_CREATE_RULESET_ERRATA}: defects this kernel has mended
 */
public record KernelFacts(int landlockAbi, int errata) {}
