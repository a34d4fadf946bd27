package dev.weir.resolver;

/** One that uses one address of a resolution; those of a group do not use the same one. Thread: the resolvers'. */
public final class AddressUser {
    private final Object group;
    private ResolvedRecord record;

    public AddressUser(Object group) {
        this.group = group;
    }

    /** Whether the address that it uses is still among those that are known. */
    boolean isServed() {
        return record != null;
    }

    boolean shares(ResolvedRecord other) {
        for (AddressUser user : other.users()) {
            if (user != this && user.group == group) {
                return true;
            }
        }
        return false;
    }

    void use(ResolvedRecord other) {
        release();
        record = other;
        other.users().add(this);
    }

    /** Uses none any more. */
    public void release() {
        if (record != null) {
            record.users().remove(this);
            record = null;
        }
    }
}
