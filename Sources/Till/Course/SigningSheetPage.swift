import Shop
import Store

/// A session's signing sheet, on A4.
struct SigningSheetPage: Page {
    static let template = "signing-sheet"

    let run: String
    let runPath: String
    let association: String
    let shop: String
    let address: String
    let programme: String
    let module: String
    let day: String
    let times: String
    let place: String
    let facilitators: [String]
    let people: [Signer]
    /// Empty lines, for who comes without being on the list.
    let blanks: [String]
    let square: Markup
    let code: String

    struct Signer: Sendable {
        let number: String
        let name: String
        let note: String?
    }

    init(_ words: Words, _ sheet: SigningSheet) {
        let session = sheet.session
        run = session.run
        runPath = "/runs/\(session.run)?session=\(session.id)#attendance"
        association = sheet.association
        shop = sheet.shopName
        address = sheet.address
        programme = "\(sheet.course) · \(sheet.programme)"
        module = "\(session.module). \(session.moduleName)"
        day = "\(session.day.spelledInWeek(in: words.language)) \(session.day.parts.year)"
        let end = session.startsAt.flatMap { TimeOfDay(minutes: $0.minutes + session.minutes) }
        times =
            session.startsAt.map { start in
                words(
                    "sheet_times",
                    [
                        "from": start.clock, "to": end?.clock ?? "24:00",
                        "length": Written.minutes(session.minutes),
                    ]
                )
            } ?? Written.minutes(session.minutes)
        place = session.place.isEmpty ? "–" : session.place
        facilitators = sheet.facilitators
        people = sheet.people.enumerated().map { index, signer in
            Signer(
                number: String(index + 1),
                name: signer.name,
                note: signer.guestOf.map { words("run_guest", ["run": $0]) }
            )
        }
        blanks = (1...2).map { String(sheet.people.count + $0) }
        square = Barcode.qr(session.id.text)
        code = session.id.text
    }
}
