import Shop
import Testing

@Suite("How somebody was at a session")
struct PresenceTests {
    @Test(
        "what is written of a session of 150 minutes, both sides of each limit",
        arguments: [
            (.whole, "seen 150"), (.excused, "excused 0"), (.noshow, "noshow 0"),
            (.seen(minutes: 0), "noshow 0"), (.seen(minutes: 1), "seen 1"),
            (.seen(minutes: 150), "seen 150"), (.seen(minutes: 151), nil),
            (.seen(minutes: -1), nil), (.late(minutes: 0), "seen 150"),
            (.late(minutes: 15), "seen 135"), (.late(minutes: 149), "seen 1"),
            (.late(minutes: 150), nil), (.late(minutes: -1), nil),
        ] as [(Presence, String?)]
    )
    func written(presence: Presence, expected: String?) {
        do throws(Refusal) {
            let written = try presence.written(of: 150)
            #expect("\(written.status.rawValue) \(written.minutes)" == expected)
        } catch {
            #expect(error == Refusal(.attendanceTooLong, ["most": .minutes(150)]))
            #expect(expected == nil)
        }
    }

    @Test(
        "a presence is read as commands take it",
        arguments: [
            ("seen", .whole), ("40", .seen(minutes: 40)), ("late:15", .late(minutes: 15)),
            ("excused", .excused), ("noshow", .noshow), ("", nil), ("late", nil), ("late:x", nil),
            ("unknown", nil), ("seen:3", nil),
        ] as [(String, Presence?)]
    )
    func read(text: String, expected: Presence?) {
        let read: Presence? = try? Presence(typed: text)
        #expect(read == expected)
    }

    @Test("of a module caught up elsewhere, what the own run gave is asked, or what the other gave")
    func elsewhere() {
        func decide(own: Int?, elsewhere: Int) -> CompletionDecision {
            let module = Course.parents.modules[4]
            let held = own.map {
                [Attended(module: module.id, deliveredMinutes: $0, minutes: 0)]
            }
            return decideCompletion(
                attended: (held ?? []) + [
                    Attended(
                        module: module.id,
                        deliveredMinutes: 130,
                        minutes: elsewhere,
                        isElsewhere: true
                    )
                ],
                course: .parents,
                rule: .usual(base: .delivered, modules: 1)
            )
        }
        #expect(decide(own: 100, elsewhere: 130).minutesCounted == 100)
        #expect(decide(own: 130, elsewhere: 65).modulesCounted == 1)
        #expect(decide(own: nil, elsewhere: 130).minutesCounted == 130)
        #expect(decide(own: nil, elsewhere: 64).modulesCounted == 0)
    }
}
