package dev.weir.example;

import jakarta.servlet.http.HttpSession;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An ordinary application: who am I, a slow answer, a large one, an upload, a session in memory. Its health is the actuator's; {@code
 * POST /admin/drain} makes it refuse readiness, as an operator does before a restart.
 */
@SpringBootApplication
@RestController
public class Application {
    private final ApplicationContext context;

    @Value("${app.name:app}")
    private String name;

    public Application(ApplicationContext context) {
        this.context = context;
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @GetMapping("/")
    Map<String, String> who() {
        return Map.of("name", name);
    }

    @GetMapping("/client")
    String client(@RequestHeader("X-Forwarded-For") String address) {
        return address;
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

    /** How often this browser was here; only the instance that made its session knows. */
    @GetMapping("/visits")
    String visits(HttpSession session) {
        Integer before = (Integer) session.getAttribute("visits");
        int visits = before == null ? 1 : before + 1;
        session.setAttribute("visits", visits);
        return name + " " + visits;
    }

    /** Under way may be finished, new requests should go elsewhere. */
    @PostMapping("/admin/drain")
    void drain() {
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    }
}
