// A place to try things. It differs from production only where a sentence below says so.
using 'main.bicep'

// Not Production: emails go only to these domains, with commas between them.
param environmentName = 'Staging'
param allowedDomains = map(split(readEnvironmentVariable('FOLLOWUP_ALLOWED_DOMAINS'), ','), domain => trim(domain))
param hostModel = 'custom'
param baseAddress = readEnvironmentVariable('FOLLOWUP_BASE_ADDRESS', '')
// The name shows in every email that it is a trial.
param inspectorateName = '${readEnvironmentVariable('FOLLOWUP_INSPECTORATE')} (trial)'
param inspectorateMailbox = readEnvironmentVariable('FOLLOWUP_MAILBOX')
param emailFrom = readEnvironmentVariable('FOLLOWUP_EMAIL_FROM')
param alertEmail = readEnvironmentVariable('FOLLOWUP_ALERT_EMAIL')
param signInClientId = readEnvironmentVariable('FOLLOWUP_SIGN_IN_CLIENT_ID')
param sendGridApiKey = readEnvironmentVariable('FOLLOWUP_SENDGRID_API_KEY')
param sendGridWebhookPublicKey = readEnvironmentVariable('FOLLOWUP_SENDGRID_WEBHOOK_KEY')
param signInClientSecret = readEnvironmentVariable('FOLLOWUP_SIGN_IN_SECRET')
param keyRingCertificate = readEnvironmentVariable('FOLLOWUP_KEY_RING_CERTIFICATE')
// What is set by hand in the portal is lost with the next deployment; here it stays.
param moreSettings = {}

// Its data can be made again: one data centre is enough.
param storageSku = 'Standard_LRS'
// And nobody will ask for deleted blobs after a week.
param deletedBlobDays = 7
// The first visitor waits a few seconds, and no instance is paid for that only waits. Timers, the web test and the scan go on.
param alwaysReadyInstances = 0
// The shortest that the workspace keeps at no cost.
param logRetentionDays = 30
// The group can be made again under the same name on the same day, once the deleted vault is purged: az keyvault purge --name …
param purgeProtection = false
