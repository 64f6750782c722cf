package org.plmfrontier.fitting.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import org.plmfrontier.contracts.wire.WireFormat;

/** Makes REST speak the same JSON as the topics. */
@Singleton
public final class WireMapper implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        WireFormat.configure(new JsonMapper.Builder((JsonMapper) mapper));
    }
}
