import ArgumentParser
import Foundation
import Store

/// The counter, the stock room and the report of a solidarity digital shop.
@main
struct Comptoir: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comptoir",
        abstract: "Le comptoir, le stock et les bilans d’un espace numérique solidaire.",
        discussion: """
            Exit status: 0 done, 1 refused, 2 wrong usage, 70 fault. With --json, standard output \
            holds one JSON document and nothing else.
            """,
        version: Version.text,
        subcommands: [
            SetupCommand.self,
            ServeCommand.self,
            MigrateCommand.self,
            ShopCommand.self,
            TillCommand.self,
            UserCommand.self,
            StructureCommand.self,
            PersonCommand.self,
            VoucherCommand.self,
            PortalCommand.self,
            PrivacyCommand.self,
            QuotaCommand.self,
            OverrideCommand.self,
            HandOverCommand.self,
            MotiveCommand.self,
            VisitCommand.self,
            AppointmentCommand.self,
            ProductCommand.self,
            OfferCommand.self,
            GradingCommand.self,
            InspectionCommand.self,
            PriceTableCommand.self,
            DoctorCommand.self,
            SellCommand.self,
            GiftCommand.self,
            RefundCommand.self,
            ReceiptCommand.self,
            DrawerCommand.self,
            CloseCommand.self,
            ArchiveCommand.self,
            ExportCommand.self,
            JournalCommand.self,
            VerifyCommand.self,
            ProgrammeCommand.self,
            CourseCommand.self,
            QuestionnaireCommand.self,
            ReportCommand.self,
            ImportCommand.self, DeviceCommand.self,
            AfterSalesCommand.self, DonorCommand.self, BatchCommand.self, TransferCommand.self,
            OrderCommand.self, KitCommand.self, RechargeCommand.self,
            CountCommand.self, LocationCommand.self, RegisterCommand.self,
            StationCommand.self, PassportCommand.self,
            DemoCommand.self,
        ]
    )

    /// Runs the command that the arguments name; wrong usage ends with status 2.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            let text = fullMessage(for: error)
            let code = exitCode(for: error)
            Printed.line(text, to: code.isSuccess ? .standardOutput : .standardError)
            Foundation.exit(code.isSuccess ? 0 : 2)
        }
    }
}

enum Version {
    /// The same that receipts print and the journal seals.
    static let text = String(softwareVersion.split(separator: " ").last ?? "")
}
