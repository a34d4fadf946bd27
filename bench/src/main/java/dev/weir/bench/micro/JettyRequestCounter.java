package dev.weir.bench.micro;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/** Jetty's parser with a handler that only counts. */
final class JettyRequestCounter implements HttpParser.RequestHandler {
    private final HttpParser parser = new HttpParser(this, 16384, HttpCompliance.RFC9110);
    private int fieldCount;

    int parse(ByteBuffer bytes) {
        parser.reset();
        fieldCount = 0;
        parser.parseNext(bytes);
        return fieldCount;
    }

    @Override
    public void startRequest(String method, String uri, HttpVersion version) {
        fieldCount++;
    }

    @Override
    public void parsedHeader(HttpField field) {
        fieldCount++;
    }

    @Override
    public boolean headerComplete() {
        return true;
    }

    @Override
    public boolean content(ByteBuffer item) {
        return false;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        return true;
    }

    @Override
    public void badMessage(HttpException failure) {
        throw new IllegalStateException(failure.toString());
    }

    @Override
    public void earlyEOF() {
        throw new IllegalStateException("early end");
    }
}
