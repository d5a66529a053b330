package io.nodeplane.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How answers of the node API look. */
class ViewTest {
    @Test
    void stateIsOneTable() throws IOException {
        assertEquals("""
                KIND      KEY         VERSION  VALUE
                metadata  zone        -        a
                data      app/config  3        application/json
                secret    certs/ca    2        -
                report    disk        12       -
                """, table("state", """
                {"metadata":{"zone":"a"},"data_keys":[{"key":"app/config","version":3,"content_type":"application/json"}],
                 "secret_keys":[{"key":"certs/ca","version":2}],"report_keys":[{"key":"disk","version":12}]}
                """));
    }

    @Test
    void peersAndPoliciesHaveARowEach() throws IOException {
        assertEquals("""
                ID  MESH IP     ENDPOINT  PUBLIC KEY
                p1  100.64.0.2  -         abc=
                """, table("peers", """
                [{"id":"p1","public_key":"abc=","mesh_ip":"100.64.0.2","endpoint":""}]
                """));
        assertEquals("""
                POLICY  ACTION  SOURCE  DESTINATION  PROTOCOL  PORT
                web     allow   a       b            tcp       443
                web     deny    *       b            udp       any
                """, table("policies", """
                [{"id":"web","rules":[{"src":"a","dst":"b","port":443,"protocol":"tcp","action":"allow"},
                                      {"src":"*","dst":"b","port":0,"protocol":"udp","action":"deny"}]}]
                """));
    }

    @Test
    void actionsAndHooksTellTheirParameters() throws IOException {
        var hook = """
                {"name":"backup","description":"Backs up","source":"local","checksum":"ab12","timeout":"30s","sandbox":true,
                 "parameters":[{"name":"target","required":true}]}
                """;
        assertEquals("""
                NAME         KIND     PARAMETERS  DESCRIPTION
                system.info  builtin  full=true   Tells
                backup       hook     target      Backs up
                """, table("actions", """
                {"builtin_actions":[{"name":"system.info","description":"Tells",
                  "parameters":[{"name":"full","required":false,"default":"true"}]}],"hooks":[%s]}
                """.formatted(hook)));
        assertEquals("""
                NAME    SOURCE  TIMEOUT  SANDBOX  SHA-256  DESCRIPTION
                backup  local   30s      yes      ab12     Backs up
                """, table("hooks", "[" + hook + "]"));
    }

    @Test
    void forwardingIsOneRow() throws IOException {
        for (var view : List.of("logs", "audit")) {
            assertEquals("""
                    ENABLED  SOURCES  BUFFERED  ERRORS  LAST REPORT
                    yes      2        7         1       -
                    """, table(view, """
                    {"enabled":true,"buffer_size":7,"source_count":2,"error_count":1}
                    """));
        }
    }

    @Test
    void anEmptyListIsAHeader() throws IOException {
        assertEquals("ID  MESH IP  ENDPOINT  PUBLIC KEY\n", table("peers", "[]"));
    }

    @Test
    void nothingInACellReachesTheTerminal() throws IOException {
        var text = table("peers", "[{\"id\":\"a\\u001b[31mb\\nc\",\"mesh_ip\":\"x\"}]");

        assertTrue(text.contains("a?[31mb?c"), text);
    }

    @Test
    void scriptsGetTheAnswerAsItIs() throws IOException {
        var json = new ObjectMapper().readTree("{\"a\":[{\"b\":1.5}]}");

        assertEquals(json, new ObjectMapper().readTree(Output.JSON.render(json, view("state"))));
        assertEquals("a:\n- b: 1.5\n", Output.YAML.render(json, view("state")));
    }

    private static String table(String name, String json) throws IOException {
        return Output.TABLE.render(new ObjectMapper().readTree(json), view(name));
    }

    private static View view(String name) {
        return View.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
