package dev.weir.cli.stat;

/** {@code show schema json}: what {@code show info json} and {@code show stat json} answer, as a JSON schema. No state. */
public final class JsonSchema {
    public static final String TEXT = """
            {"$schema":"http://json-schema.org/draft-04/schema#",
            "oneOf":[
            {"title":"Info","type":"array","items":{"$ref":"#/definitions/infoItem"}},
            {"title":"Stat","type":"array","items":{"type":"array","items":{"$ref":"#/definitions/statItem"}}}],
            "definitions":{
            "infoItem":{"type":"object","properties":{
            "field":{"$ref":"#/definitions/field"},
            "processNum":{"$ref":"#/definitions/processNum"},
            "tags":{"$ref":"#/definitions/tags"},
            "value":{"$ref":"#/definitions/typedValue"}},
            "required":["field","processNum","tags","value"]},
            "statItem":{"type":"object","properties":{
            "objType":{"enum":["Frontend","Backend","Server","Listener"]},
            "proxyId":{"type":"integer","minimum":0},
            "id":{"type":"integer","minimum":0},
            "field":{"$ref":"#/definitions/field"},
            "processNum":{"$ref":"#/definitions/processNum"},
            "tags":{"$ref":"#/definitions/tags"},
            "value":{"$ref":"#/definitions/typedValue"}},
            "required":["objType","proxyId","id","field","processNum","tags","value"]},
            "field":{"type":"object","properties":{
            "pos":{"type":"integer","minimum":0},"name":{"type":"string"}},"required":["pos","name"]},
            "processNum":{"type":"integer","minimum":1},
            "tags":{"type":"object","properties":{
            "origin":{"enum":["Metric","Status","Key","Config","Product","Unknown"]},
            "nature":{"enum":["Gauge","Limit","Min","Max","Rate","Counter","Duration","Age","Time","Name","Output","Avg",\
            "Unknown"]},
            "scope":{"enum":["Cluster","Process","Service","System","Unknown"]}},
            "required":["origin","nature","scope"]},
            "typedValue":{"type":"object","properties":{
            "type":{"enum":["s32","s64","u32","u64","str"]},
            "value":{"type":["string","integer"]}},
            "required":["type","value"]}}}""".replace("\n", "");

    private JsonSchema() {}
}
