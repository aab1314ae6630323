/// What a paper questionnaire carries for a scanner: whose it is, at which moment, and in which version it was printed.
/// `Q`, the enrolment's 32 hexadecimal digits, the moment's digit, the version's eight digits.
public struct QuestionnaireCode: Hashable, Sendable {
    public let enrolment: ID<Enrolment>
    public let moment: Moment
    public let startsOn: Day

    public init(enrolment: ID<Enrolment>, moment: Moment, startsOn: Day) {
        self.enrolment = enrolment
        self.moment = moment
        self.startsOn = startsOn
    }

    /// With or without what a hand puts between the groups; a US scanner on a French keyboard repaired. Throws `scanUnreadable`.
    public init(scanned text: String) throws(Refusal) {
        // The letters of the code trade places too, so that it is put back before anything is left out.
        let code = repairingKeyboardLayout(text).uppercased().filter {
            !$0.isWhitespace && $0 != "-"
        }
        let digits = Array(code.dropFirst())
        guard code.first == "Q", digits.count == 41,
            let enrolment = ID<Enrolment>(Self.hyphenated(digits[..<32])),
            let place = digits[32].wholeNumberValue, Moment.allCases.indices.contains(place - 1),
            let startsOn = Day(
                iso:
                    "\(String(digits[33..<37]))-\(String(digits[37..<39]))-\(String(digits[39...]))"
            )
        else {
            throw Refusal(.scanUnreadable, ["text": .text(String(text.prefix(40)))])
        }
        self.init(enrolment: enrolment, moment: Moment.allCases[place - 1], startsOn: startsOn)
    }

    public var text: String {
        let place = (Moment.allCases.firstIndex(of: moment) ?? 0) + 1
        return "Q" + enrolment.text.filter { $0 != "-" }.uppercased() + "\(place)"
            + startsOn.iso.filter { $0 != "-" }
    }

    /// In groups that an eye can follow.
    public var printed: String {
        stride(from: 0, to: 42, by: 6).map { start in
            String(text.dropFirst(start).prefix(6))
        }.joined(separator: " ")
    }

    private static func hyphenated(_ digits: ArraySlice<Character>) -> String {
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }
}
