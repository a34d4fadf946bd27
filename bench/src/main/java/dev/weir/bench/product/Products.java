package dev.weir.bench.product;

import java.nio.file.Path;
import java.util.List;

/** All products, in the order of tables. A new one is a class of its own and a row here. */
public final class Products {
    /** Ratios are to this one, as long as it is there. */
    public static final String BASELINE = "haproxy";

    private Products() {}

    /** @param root the project's folder */
    public static List<Product> all(Path root) {
        return List.of(new Haproxy(), new Nginx(), new WeirProxy(root), new NettyRelay());
    }
}
