/**
 * Who is measured: where a product is found, how its configuration comes out of a template (in the resources, beside the class) and
 * how it is started. A new product is a class here and a row of {@link dev.weir.bench.product.Products}.
 */
package dev.weir.bench.product;
