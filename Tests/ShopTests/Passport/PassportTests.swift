import Shop
import Testing

@Suite("Passports and their addresses")
struct PassportTests {
    @Test(
        "a token holds 30 characters of the alphabet that nobody confuses, in any case of letters"
    )
    func tokens() throws {
        let token = PassportToken(random: Array(0..<30))
        #expect(token.text.count == 30)
        #expect(PassportToken(token.text.lowercased()) == token)
        #expect(PassportToken(String(token.text.dropLast())) == nil)
        #expect(PassportToken(token.text + "2") == nil)
        #expect(PassportToken(String(repeating: "A", count: 30)) == nil)
        #expect(PassportToken(String(repeating: "é", count: 30)) == nil)
    }

    @Test(
        "the till finds the machine in the address that the QR of its label carries",
        arguments: [
            "https://comptoir.example.org/passport/2B2B2B2B2B2B2B2B2B2B2B2B2B2B2B/LIPC26-0008",
            "http://127.0.0.1:8080/passport/2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b/lipc26-0008",
            // Through a scanner set to a US keyboard, on a French one.
            "httpsM!!comptoir:exqmple:org!pqssport!éBéBéBéBéBéBéBéBéBéBéBéBéBéBéB!LIPCé-)àà&é",
        ]
    )
    func scans(text: String) throws {
        guard case .device(let label) = try Scan(scanned: text) else {
            Issue.record("no machine in \(text)")
            return
        }
        #expect(["LIPC26-0008", "LIPC26-0012"].contains(label))
    }

    @Test("a serial number that anybody may read tells no more than its end")
    func masks() {
        #expect(masked(serial: "5CG7123ABC") == "••••3ABC")
        #expect(masked(serial: "S3Z1NB") == "••••NB")
        #expect(masked(serial: "AB12") == "••••")
        #expect(masked(serial: "") == "")
    }

    @Test(
        "grams are written as people weigh",
        arguments: [(27_000, "27 kg"), (24_600, "24,6 kg"), (314, "314 g"), (127_000, "127 kg")]
    )
    func weighs(grams: Int, expected: String) {
        #expect(
            ImpactFactor.written(grams: grams, in: .french).replacing("\u{A0}", with: " ")
                == expected
        )
    }
}
