// Starts fauxqs without its request log: its own command line always logs, and each line would cost it CPU.
import { startFauxqs } from "fauxqs";

await startFauxqs({ port: Number(process.env.FAUXQS_PORT), dataDir: process.env.FAUXQS_DATA_DIR, logger: false });
