package dev.holdfast.queue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Lets an SDK that speaks JSON be a client of the Query protocol: each request goes out as a form, each answer comes back
 * as XML, and what the SDK sees is the JSON that says the same. So the suite is the same code over both.
 */
final class QueryHttpClient implements SdkHttpClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "X-Amz-Target";

    private final SdkHttpClient http;

    QueryHttpClient(SdkHttpClient http) {
        this.http = http;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest given = request.httpRequest();
        String target = given.firstMatchingHeader(TARGET).orElseThrow();
        String action = target.substring(target.indexOf('.') + 1);
        byte[] form = QueryForm.of(action, body(request)).getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest asForm = given.toBuilder()
                .removeHeader(TARGET)
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .putHeader("Content-Length", Integer.toString(form.length))
                .build();
        ExecutableHttpRequest prepared = http.prepareRequest(HttpExecuteRequest.builder()
                .request(asForm)
                .contentStreamProvider(() -> new ByteArrayInputStream(form))
                .build());
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return asJson(action, prepared.call());
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private static JsonNode body(HttpExecuteRequest request) {
        try (InputStream in = request.contentStreamProvider().orElseThrow().newStream()) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpExecuteResponse asJson(String action, HttpExecuteResponse answer) throws IOException {
        byte[] xml;
        try (InputStream in = answer.responseBody().orElseThrow()) {
            xml = in.readAllBytes();
        }
        QueryAnswer read = QueryAnswer.of(action, answer.httpResponse().statusCode(), xml);
        SdkHttpResponse.Builder head = answer.httpResponse().toBuilder()
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .removeHeader("Content-Length")
                .removeHeader("x-amzn-query-error");
        read.queryError().ifPresent(error -> head.putHeader("x-amzn-query-error", error));
        byte[] json = JSON.writeValueAsBytes(read.json());
        return HttpExecuteResponse.builder()
                .response(head.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(json)))
                .build();
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String clientName() {
        return http.clientName();
    }
}
