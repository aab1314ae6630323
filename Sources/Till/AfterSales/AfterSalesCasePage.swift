import Shop
import Store

/// A case: the one thing to do next, what else can be done, what the guarantee comes to, what happened.
struct AfterSalesCasePage: Page {
    static let template = "after-sales-case"

    let code: String
    let path: String
    let name: String
    let devicePath: String
    let label: String
    let symptom: String
    let status: Tag
    /// Nil of a machine that is the shop’s again: its next owner’s ticket says how long.
    let guarantee: Tag?
    let refusal: RefusalCard?
    /// The question of the diagnosis that is asked now; nil at another step.
    let question: Question?
    /// What the answers came to, to be kept; nil before the end.
    let conclusion: Conclusion?
    /// The next step; nil while the diagnosis is asked for, and once the case ended.
    let next: Act?
    let others: [Act]
    let hasOthers: Bool
    /// Where a diagnosis is made anew; nil where it is not, or is asked already.
    let again: String?
    let facts: [DevicePage.Fact]
    let receipt: Link
    /// Whoever has the machine, for who receives people.
    let person: Link?
    let outcome: String?
    let answers: [Answered]
    let hasAnswers: Bool
    let replacement: Link?
    let refund: Link?
    /// The ticket on which the money of this machine stands.
    let toRefundToo: String?
    let history: [Happened]

    struct Link: Sendable {
        /// Nil for who may not open it.
        let path: String?
        let words: String
    }

    struct Question: Sendable {
        let words: String
        let place: String
        let answers: [Answer]
        /// One question back; nil at the first.
        let back: String?

        struct Answer: Sendable {
            let path: String
            let words: String
        }
    }

    struct Conclusion: Sendable {
        let path: String
        let key: String
        let answers: String
        let words: String
        let advice: String?
        let covered: Tag
        let back: String
    }

    struct Act: Sendable {
        let path: String
        let act: String
        let key: String
        let title: String
        let help: String
        let icon: String
        let isOpen: Bool
        let work: Field?
        let device: Field?
        let means: Choice?
    }

    struct Answered: Sendable {
        let question: String
        let answer: String
    }

    struct Happened: Sendable {
        let at: String
        let words: String
        let detail: String
        let operatorCode: String
    }

    init(
        _ words: Words,
        _ card: AfterSalesCard,
        _ walk: DiagnosisTree.Walk,
        asksAgain: Bool,
        givesRightBack: Bool,
        maySell: Bool,
        maySeePerson: Bool,
        _ draft: Draft,
        key: () -> String
    ) {
        let language = words.language
        let path = "/after-sales/\(card.row.code)"
        code = card.row.code
        self.path = path
        name = card.row.shownName(in: language)
        devicePath = "/devices/\(card.row.label)"
        label = card.row.label
        symptom = card.row.symptom.name(in: language)
        status = card.row.stage.tag(in: language)
        guarantee =
            [.exchanged, .refunded].contains(card.row.stage) ? nil : card.coverage.tag(words)
        let fields: Set<String> = ["work", "replacement", "means"]
        refusal = draft.card(in: language, fields: fields)

        let isAsking = card.acts.first == .diagnose || (asksAgain && card.acts.contains(.diagnose))
        question = isAsking ? walk.next.map { Question($0, after: walk, at: path, words) } : nil
        conclusion =
            isAsking
            ? walk.end.flatMap { end in
                end.outcome.map {
                    Conclusion($0, end, walk, card, at: path, words, key: key())
                }
            } : nil
        func form(_ act: AfterSalesAct) -> Act {
            Act(
                act,
                words,
                card,
                at: path,
                givesRightBack: givesRightBack,
                draft,
                key: key()
            )
        }
        let acts = card.acts.filter { act in
            act != .diagnose && (maySell || (act != .exchange && act != .refund))
        }
        next = isAsking ? nil : acts.first.map(form)
        others = (isAsking ? acts : Array(acts.dropFirst())).map(form)
        hasOthers = !others.isEmpty
        again =
            card.acts.contains(.diagnose) && !isAsking ? "\(path)?answers=#diagnosis" : nil

        facts = card.device.guaranteeFacts(words)
        receipt = Link(
            path: maySell ? "/receipts/\(card.device.receipt)" : nil,
            words: card.device.receipt
        )
        person = card.device.person.map {
            Link(path: maySeePerson ? "/persons/\($0)" : nil, words: $0)
        }
        outcome = card.coverage.outcome?.name(in: language)
        answers = card.answers.map {
            Answered(
                question: language.choose($0.french, $0.english),
                answer: language.choose($0.frenchAnswer, $0.englishAnswer)
            )
        }
        hasAnswers = !answers.isEmpty
        replacement = card.replacement.map {
            Link(
                path: maySell ? "/receipts/\($0.receipt)" : nil,
                words: "\($0.label), \($0.receipt)"
            )
        }
        refund = card.refund.map { Link(path: maySell ? "/receipts/\($0)" : nil, words: $0) }
        toRefundToo = card.toRefundToo.map {
            words("after_sales_refund_too", ["receipt": $0.receipt, "label": $0.label])
        }
        history = card.history.map { Happened($0, words) }
    }
}

extension AfterSalesCasePage.Question {
    fileprivate init(
        _ question: DiagnosisTree.Question,
        after walk: DiagnosisTree.Walk,
        at path: String,
        _ words: Words
    ) {
        let given = walk.steps.map { String($0.answer.number) }
        self.words = question.words(in: words.language)
        place = words("after_sales_question", ["number": words.number(given.count + 1)])
        answers = question.answers.map { answer in
            Answer(
                path: walkPath(path, given + [String(answer.number)]),
                words: answer.words(in: words.language)
            )
        }
        back = given.isEmpty ? nil : walkPath(path, given.dropLast())
    }
}

private func walkPath(_ path: String, _ answers: some Sequence<String>) -> String {
    "\(path)?answers=\(answers.joined(separator: "-"))#diagnosis"
}

extension AfterSalesCasePage.Conclusion {
    fileprivate init(
        _ outcome: DiagnosisOutcome,
        _ end: DiagnosisTree.Answer,
        _ walk: DiagnosisTree.Walk,
        _ card: AfterSalesCard,
        at path: String,
        _ words: Words,
        key: String
    ) {
        let given = walk.steps.map { String($0.answer.number) }
        self.path = path + "/steps"
        self.key = key
        answers = given.joined(separator: "-")
        self.words = outcome.name(in: words.language)
        let told = end.advice(in: words.language)
        advice = told.isEmpty ? nil : told
        let isCovered = outcome == .covered && card.coverage.isInTime
        covered =
            switch outcome {
            case .selfHelp:
                Tag(tone: "done", icon: "help", words: words("after_sales_self_help"))
            case .covered where isCovered:
                Tag(tone: "done", icon: "done", words: words("after_sales_covered"))
            case .covered:
                Tag(
                    tone: "refused",
                    icon: "refused",
                    words: words(
                        "after_sales_over",
                        ["day": card.coverage.guaranteeEndsOn.printed]
                    )
                )
            case .misuse, .battery, .transport, .software, .settings, .notedAtSale:
                Tag(tone: "refused", icon: "refused", words: words("after_sales_not_covered"))
            }
        back = walkPath(path, given.dropLast())
    }
}

extension AfterSalesCasePage.Act {
    fileprivate init(
        _ act: AfterSalesAct,
        _ words: Words,
        _ card: AfterSalesCard,
        at path: String,
        givesRightBack: Bool,
        _ draft: Draft,
        key: String
    ) {
        let language = words.language
        self.act = act.rawValue
        self.key = key
        title = act.name(in: language)
        var told = words("after_sales_\(act.rawValue)_help")
        if act == .refund {
            told +=
                " " + words(givesRightBack ? "after_sales_right_back" : "after_sales_right_kept")
        }
        help = told
        let isRefused = !draft.isFine
        switch act {
        case .exchange: isOpen = isRefused && draft.form["replacement"] != nil
        case .refund: isOpen = isRefused && draft.form["means"] != nil
        case .receive, .diagnose, .repair, .refuse, .handBack, .close:
            isOpen = isRefused && draft.form["act"] == act.rawValue
        }
        switch act {
        case .exchange, .refund: self.path = "\(path)/\(act.rawValue)"
        case .receive, .diagnose, .repair, .refuse, .handBack, .close: self.path = path + "/steps"
        }
        work =
            act == .repair
            ? Field(.work, draft, in: language, hint: words("after_sales_work_hint")) : nil
        device =
            act == .exchange
            ? Field(.replacement, draft, in: language, hint: words("after_sales_device_hint"))
            : nil
        means =
            act == .refund && !card.device.isGift && card.device.paid != .zero
            ? Choice(
                .means,
                draft,
                in: language,
                options: Means.allCases.map { ($0.rawValue, $0.name(in: language)) },
                chosen: Means.cash.rawValue
            ) : nil
        icon =
            switch act {
            case .receive: "upload"
            case .diagnose: "inspect"
            case .repair: "settings"
            case .exchange: "switch"
            case .refund: "refund"
            case .refuse: "refused"
            case .handBack: "move"
            case .close: "done"
            }
    }
}

extension AfterSalesCasePage.Happened {
    fileprivate init(_ event: AfterSalesCard.Happened, _ words: Words) {
        let language = words.language
        at = "\(event.at.day.printed) \(event.at.clock)"
        self.words =
            event.stage == .announced ? words("after_sales_opened") : event.stage.name(in: language)
        detail = [
            event.outcome?.name(in: language), event.work.isEmpty ? nil : event.work,
            event.months == 0 ? nil : words.counted("after_sales_months", event.months),
        ].compactMap { $0 }.joined(separator: " · ")
        operatorCode = event.operatorCode
    }
}
