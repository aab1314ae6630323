import Postgres
public import Shop

/// What is done with a case without a ticket.
public enum AfterSalesMove: Hashable, Sendable, Encodable {
    case receive
    /// One answer a question, from the symptom's first one until the end.
    case diagnose([Int])
    case repair(work: ShortText)
    case refuse
    case handBack
    case close

    var act: AfterSalesAct {
        switch self {
        case .receive: .receive
        case .diagnose: .diagnose
        case .repair: .repair
        case .refuse: .refuse
        case .handBack: .handBack
        case .close: .close
        }
    }
}

extension AfterSalesMove {
    /// From an act that needs no ticket. Throws `choiceUnknown`, and what the fields’ own reading throws.
    public init(_ act: AfterSalesAct, answers: String?, work: String?) throws(Refusal) {
        switch act {
        case .receive: self = .receive
        case .diagnose: self = .diagnose(try diagnosisAnswers(typed: answers ?? ""))
        case .repair:
            self = .repair(work: try ShortText(typed: work ?? "", field: .work, most: 300))
        case .refuse: self = .refuse
        case .handBack: self = .handBack
        case .close: self = .close
        case .exchange, .refund:
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.act), "text": .text(act.rawValue),
                    "choices": .text("receive, diagnose, repair, refuse, hand_back, close"),
                ]
            )
        }
    }
}

extension Store {
    /// Does one thing with a case. A repair that is covered makes the guarantee longer, by the months in force that day.
    /// Throws `afterSalesUnknown`, `afterSalesEnded`, `afterSalesNotNow`, and of a diagnosis `diagnosisAnswerUnknown`,
    /// `diagnosisUnfinished`.
    public func advanceCase(
        _ code: AfterSalesCode,
        _ move: AfterSalesMove,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AfterSalesDone {
        struct Input: Encodable {
            let code: String
            let move: AfterSalesMove
        }
        let input = Input(code: code.description, move: move)
        return try await command("advance-case", key: key, input: input, by: staff) { tx, now in
            let found = try tx.lockCase(code, for: staff)
            try found.check(move.act)
            switch move {
            case .receive: try tx.execute(found.step(.received, by: staff, at: now))
            case .diagnose(let answers): try tx.diagnose(found, answers, by: staff, at: now)
            case .repair(let work):
                let months =
                    try found.coverage.isCovered && !tx.isExtended(found)
                    ? tx.number("repair_guarantee_months", on: now.day) : 0
                try tx.execute(
                    found.step(.repaired, work: work.text, months: months, by: staff, at: now)
                )
            case .refuse: try tx.execute(found.step(.refused, by: staff, at: now))
            case .handBack: try tx.execute(found.end(.handedBack, by: staff, at: now))
            case .close: try tx.execute(found.end(.closed, by: staff, at: now))
            }
            return AfterSalesDone(code: code.description)
        }
    }
}

extension Transaction {
    /// Whether a repair of this case made the guarantee longer: one a case does.
    fileprivate func isExtended(_ found: LockedCase) throws -> Bool {
        try !query(
            "select from after_sales_steps where case_id = \(found.id) and months > 0 limit 1"
        ).isEmpty
    }

    /// By the tree with which the case was opened.
    fileprivate func diagnose(
        _ found: LockedCase,
        _ answers: [Int],
        by staff: Staff,
        at now: Instant
    ) throws {
        let tree = try diagnosisTree(startingOn: found.treeOn)
        let walk = try tree.walk(from: tree.symptom(typed: found.symptom), answers)
        guard walk.end != nil else {
            throw Refusal(.diagnosisUnfinished, ["field": .field(.answers)])
        }
        try pipeline(
            [found.step(.diagnosed, by: staff, at: now)]
                + walk.steps.enumerated().map { index, step in
                    """
                    insert into after_sales_answers (case_id, ordinal, position, tree_on, question, answer)
                    values (\(found.id), \(found.last + 1), \(index + 1), \(tree.startsOn), \(step.question.number),
                            \(step.answer.number))
                    """
                }
        )
    }
}
