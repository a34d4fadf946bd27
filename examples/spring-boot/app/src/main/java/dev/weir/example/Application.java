package dev.weir.example;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An ordinary application: who am I, a slow answer, a large one, and an upload. */
@SpringBootApplication
@RestController
public class Application {
    @Value("${app.name:app}")
    private String name;

    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @GetMapping("/")
    Map<String, String> who() {
        return Map.of("name", name);
    }

    @GetMapping("/slow")
    Map<String, String> slow(@RequestParam long ms) throws InterruptedException {
        Thread.sleep(ms);
        return Map.of("name", name, "waited", ms + " ms");
    }

    @GetMapping("/big")
    byte[] big(@RequestParam int bytes) {
        return new byte[bytes];
    }

    @PostMapping("/upload")
    String upload(@RequestBody byte[] body) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    }
}
