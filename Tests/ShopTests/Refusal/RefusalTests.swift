import Testing

@testable import Shop

@Suite("Refusals")
struct RefusalTests {
    @Test("each says what, why and what now in both languages", arguments: Reason.allCases)
    func words(reason: Reason) {
        for language in Language.allCases {
            let told = Refusal(reason).told(in: language)
            #expect(!told.what.isEmpty && !told.why.isEmpty && !told.now.isEmpty)
            #expect(told.reference.hasPrefix("E-"))
        }
    }

    @Test("both languages name the same facts", arguments: Reason.allCases)
    func sameFacts(reason: Reason) {
        func facts(_ language: Language) -> Set<String> {
            let told = Refusal(reason).told(in: language)
            return Set(
                (told.what + told.why + told.now).matches(of: /\{([a-z]+)\}/).map { String($0.1) }
            )
        }
        #expect(facts(.french) == facts(.english))
    }

    @Test("French is set as French: no space before : ; ! ? that may break, no straight apostrophe")
    func typography() {
        for reason in Reason.allCases {
            let told = Refusal(reason).told(in: .french)
            for text in [told.what, told.why, told.now] {
                #expect(text.firstMatch(of: #/ [:;!?»€%]|« |'/#) == nil, "\(reason): \(text)")
            }
        }
    }

    @Test("facts are put in, in the reader's language")
    func filled() {
        let refusal = Refusal(
            .quotaReached,
            [
                "rule": .explained(french: "1 PC", english: "1 PC"), "used": .number(1),
                "limit": .number(1), "receipt": .text("LI1-V-000001"), "on": .day(Day(0)),
                "next": .day(Day(1)),
                "advice": .explained(french: "Demain.", english: "Tomorrow."),
            ]
        )
        #expect(refusal.told(in: .english).now == "Tomorrow.")
        #expect(!refusal.told(in: .french).why.contains("{"))
    }
}
