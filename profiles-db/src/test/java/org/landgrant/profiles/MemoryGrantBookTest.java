package org.landgrant.profiles;

import org.landgrant.grants.GrantBook;

final class MemoryGrantBookTest extends GrantBookContract {
    @Override
    GrantBook newBook() {
        return new MemoryGrantBook();
    }
}
