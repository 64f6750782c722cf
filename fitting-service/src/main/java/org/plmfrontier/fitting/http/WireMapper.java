package org.plmfrontier.fitting.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.plmfrontier.contracts.wire.WireFormat;

/** Makes REST speak the same JSON as the topics. */
@Singleton
public final class WireMapper {
    @Produces
    @Singleton
    ObjectMapper mapper() {
        return WireFormat.configure(JsonMapper.builder()).build();
    }
}
