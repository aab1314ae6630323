import Shop

extension DemoHistory {
    /// What the parents of a run answered: at entry nearly all, at the end most, and after six months some. Nobody said
    /// any of it.
    func ask(
        _ parents: [ID<Person>],
        _ moment: Moment,
        in code: RunCode,
        on day: Day,
        from first: Int,
        _ facilitator: Staff
    ) async throws {
        let store = at(day)
        for (place, parent) in parents.enumerated() {
            let number = first + place
            guard let said = InventedAnswers(number, moment) else { continue }
            _ = try await store.recordResponse(
                NewResponse(
                    of: store.enrolment(of: parent, in: code),
                    at: moment,
                    means: moment == .sixMonths ? .phone : .paper,
                    isDeclined: said.isDeclined,
                    answers: said.answers
                ),
                key: keys["\(moment.rawValue) \(code.text) \(place)"],
                by: facilitator
            )
        }
    }
}

/// The answers of one invented parent: the same at each load.
private struct InventedAnswers {
    let isDeclined: Bool
    let answers: [GivenAnswer]

    /// Nil for who was not there, or did not hand the sheet in.
    init?(_ number: Int, _ moment: Moment) {
        let mixed = number &* 7 &+ 3
        isDeclined = moment == .entry && number % 17 == 11
        switch moment {
        case .entry where number % 13 == 12: return nil
        case .end where number % 17 == 11 || number % 9 == 7: return nil
        case .sixMonths where number % 17 == 11 || number % 3 != 1: return nil
        case .entry, .end, .sixMonths: break
        }
        guard !isDeclined else {
            answers = []
            return
        }
        let step = moment == .entry ? 0 : moment == .end ? 1 + mixed % 2 : 1 + mixed % 3
        func scale(_ code: String, _ base: Int) -> GivenAnswer {
            GivenAnswer(question: code, values: [String(min(5, base + step))])
        }
        func one(_ code: String, _ choices: [String], _ place: Int) -> GivenAnswer {
            GivenAnswer(question: code, values: [choices[min(place, choices.count - 1)]])
        }
        let confidence = [
            scale("confidence_email", 1 + mixed % 3),
            scale("confidence_procedures", 1 + mixed % 2),
            scale("confidence_school", 1 + (mixed / 2) % 3),
        ]
        let autonomy = one(
            "autonomy",
            ["accompanied", "partial", "autonomous"],
            (mixed % 4) / 2 + (step + 1) / 2
        )
        let equipment = GivenAnswer(
            question: "equipment",
            values: mixed % 3 == 0 || moment == .sixMonths
                ? ["computer", "smartphone"] : ["smartphone"]
        )
        let connection = one("connection", ["box", "plan", "prepaid", "shared"], mixed % 4)
        let use = one("use", ["daily", "weekly", "rarely"], max(0, mixed % 3 - step))
        let alone = GivenAnswer(
            question: "done_alone",
            values: mixed % 2 == 0 ? ["email", "school"] : ["email", "procedure", "search"]
        )
        switch moment {
        case .entry:
            let themes = GivenAnswer(
                question: "themes",
                values: mixed % 2 == 0
                    ? ["email", "scolarite_et_numerique"]
                    : ["prendre_en_main_du_materiel", "securite_numerique"]
            )
            answers = [equipment, connection, use, autonomy, themes] + confidence
        case .end:
            answers =
                [
                    autonomy, alone, scale("useful", 3),
                    one("recommends", ["yes", "perhaps"], mixed % 8 / 7),
                ]
                + confidence
        case .sixMonths: answers = [equipment, connection, use, autonomy, alone] + confidence
        }
    }
}
