package dev.weir.bench.product;

import java.nio.file.Path;

/** A product as found on this machine. */
public record Installed(Product product, Path executable, String version) {
    public String name() {
        return product.name();
    }
}
