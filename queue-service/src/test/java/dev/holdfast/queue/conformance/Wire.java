package dev.holdfast.queue.conformance;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The two protocols, as the AWS SDK speaks them: JSON by itself, Query through a translation of what it sends. */
public enum Wire {
    JSON {
        @Override
        SdkHttpClient http() {
            return UrlConnectionHttpClient.create();
        }
    },
    QUERY {
        @Override
        SdkHttpClient http() {
            return new QueryHttpClient(UrlConnectionHttpClient.create());
        }
    };

    abstract SdkHttpClient http();
}
