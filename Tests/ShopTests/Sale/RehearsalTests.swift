import Testing

@testable import Shop

@Suite("A limit on trial")
struct RehearsalTests {
    private func past(
        _ number: Int,
        on day: Day,
        units: Int = 1,
        value: Int64 = 500,
        by person: ID<Person> = amina,
        household: ID<Household> = home,
        right: ID<Right> = anID(99),
        back: [Int64] = [],
        excepted: QuotaRule.Excess? = nil,
        isOwn: Bool = true
    ) -> Rehearsal.Past {
        Rehearsal.Past(
            use: Use(
                right: right,
                person: person,
                household: household,
                category: .equipment,
                origin: .voucher,
                kind: .sale,
                shop: lille,
                units: units,
                value: cents(value),
                on: day,
                receipt: "LI1-V-\(number)",
                machine: .laptop
            ),
            sale: anID(number),
            position: 1,
            at: moment(day),
            back: back.map {
                .init(
                    at: Instant(microseconds: moment(day).microseconds + $0),
                    value: cents(value / Int64(units))
                )
            },
            excepted: excepted,
            members: [amina],
            isOwn: isOwn
        )
    }

    private func moment(_ day: Day) -> Instant {
        Instant(microseconds: Int64(day.number) * 86_400_000_000)
    }

    private func rehearsed(
        _ rule: QuotaRule,
        _ past: [Rehearsal.Past],
        from: Day = today.adding(days: -30),
        after: Rehearsal.Key? = nil,
        most: Int = 10
    ) -> Rehearsal {
        var rehearsal = Rehearsal(rule, from: from, to: today, after: after, most: most)
        rehearsal.begin()
        for one in past { rehearsal.play(one) }
        return rehearsal
    }

    @Test("what it would have refused counts for nothing that follows (X19)")
    func refusedCountsNot() {
        let days = (0..<4).map { today.adding(days: $0 - 4) }
        let rule = QuotaRule.limit(units: 2)
        let found = rehearsed(
            rule,
            [
                past(1, on: days[0]), past(2, on: days[1], units: 2), past(3, on: days[2]),
                past(4, on: days[3]),
            ]
        )
        // The second is above what is left; had it counted, the third would be refused as well.
        #expect(found.listed.map(\.key.receipt) == ["LI1-V-2", "LI1-V-4"])
        #expect(found.listed.map(\.usedUpBy) == ["LI1-V-1", "LI1-V-3"])
        #expect(found.judged.tickets == 4 && found.judged.units == 5)
        #expect(found.refused.units == 3 && found.refused.cents == 1000)
    }

    @Test("what came back before counts no more, what comes back later still does (X19)")
    func back() {
        let (one, two) = (today.adding(days: -2), today.adding(days: -1))
        let day = Int64(86_400_000_000)
        for (back, refused) in [(day / 2, 0), (day * 3, 1)] {
            let found = rehearsed(.limit(), [past(1, on: one, back: [back]), past(2, on: two)])
            #expect(found.refused.tickets == refused)
        }
    }

    @Test("days before count and are not judged; what an exception let pass passes again (X19, X4)")
    func beforeAndExcepted() {
        let before = past(1, on: today.adding(days: -60))
        let found = rehearsed(.limit(), [before, past(2, on: today)])
        #expect(found.judged.tickets == 1 && found.refused.tickets == 1)
        let excepted = past(2, on: today, excepted: .init(units: 1, value: .zero))
        #expect(rehearsed(.limit(), [before, excepted]).refused.tickets == 0)
        let outside = past(
            1,
            on: today.adding(days: -60),
            by: amina,
            household: anID(51),
            isOwn: false
        )
        #expect(
            rehearsed(.limit(holder: .household), [outside, past(2, on: today)]).refused.tickets
                == 1
        )
    }

    @Test("the list is whole by parts, in the order of days (X19)")
    func parts() {
        let rule = QuotaRule.limit(units: 0)
        let lines = (1...9).map { past($0, on: today.adding(days: -($0 * 7 % 10))) }
        let whole = rehearsed(rule, lines).listed.map(\.key)
        #expect(whole == whole.sorted() && whole.count == 9)
        let first = rehearsed(rule, lines, most: 4)
        #expect(first.listed.map(\.key) == Array(whole.prefix(4)))
        #expect(first.refused.tickets == 9)
        let rest = rehearsed(rule, lines, after: Rehearsal.Key(whole[3].text), most: 10)
        #expect(rest.listed.map(\.key) == Array(whole.dropFirst(4)))
    }
}
